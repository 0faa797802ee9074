import pytest

from processors.stages.cleaning.charset import decode

RU = "Минобороны сообщило, что из плена возвращены 75 военнослужащих, обмен состоялся в пятницу."
UK = "Уповноважений повідомив, що додому повернулися 95 українських захисників, зокрема її син і п'ятеро ґвардійців."
PL = "Wiceminister powiedział, że jeńcy wrócili do domu; wymiana była największa w tym roku, źródła mówią o stu."


@pytest.mark.parametrize("text", [RU, UK, UK * 40, RU * 40, "Обмін: 50 на 50", "Обмен: 50 на 50"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-u", "utf-16"])
def test_undeclared_cyrillic_is_recognised(text, encoding):
    assert decode(text.encode(encoding, "replace")) == text.encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_in_markup(encoding):
    page = f"<html><head><title>x</title></head><body><p>{RU}</p></body></html>" + "<p></p>" * 40
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize(
    ("text", "encoding", "header", "meta"),
    [
        (RU, "cp1251", "text/html; charset=windows-1251", ""),
        (RU, "cp1251", "text/html", "windows-1251"),
        (RU, "cp1251", "text/html; charset=utf-8", "windows-1251"),
        (RU, "cp1251", "text/html; charset=koi8-r", ""),
        (RU, "koi8-r", "text/html; charset=windows-1251", "windows-1251"),
        (RU, "utf-8", "text/html; charset=windows-1251", "windows-1251"),
        (RU, "cp1251", "text/html; charset=no-such-thing", "also-none"),
        (PL, "iso8859-2", "text/html; charset=iso-8859-2", ""),
        (PL, "cp1250", "text/html", "windows-1250"),
    ],
)
def test_a_declaration_is_believed_only_as_far_as_the_bytes_bear_it_out(text, encoding, header, meta):
    declared = f'<meta charset="{meta}">' if meta else ""
    page = f"<html><head>{declared}</head><body><p>{text}</p></body></html>"
    assert decode(page.encode(encoding), header) == page


def test_a_few_broken_bytes_do_not_make_a_utf_8_page_something_else():
    raw = (RU * 5).encode() + b"\x93\xd0" + (RU * 5).encode()
    assert decode(raw).startswith(RU)
    assert "\ufffd" in decode(raw)


def test_utf_8_that_was_saved_as_misread_cp1251_is_repaired():
    text = "Обмен состоялся утром в пятницу на границе. " * 3
    garbled = text.encode().decode("cp1251", "replace")
    assert "\ufffd" not in garbled
    assert decode(garbled.encode()) == text


@pytest.mark.parametrize(
    "raw", [b"", b"\xff", b"\x00", b"\xff\xfe", b"\xd0", bytes(range(256)), b"\xef\xbb\xbf\xff"]
)
def test_any_bytes_give_some_text(raw):
    assert isinstance(decode(raw), str)
