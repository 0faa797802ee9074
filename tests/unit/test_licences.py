"""The default install holds no GPL package: every distribution of requirements.lock is looked up where it is installed."""

import re
from importlib import metadata
from pathlib import Path

import pytest

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
NAMES = re.findall(
    r"^([a-z0-9][a-z0-9._-]*)==[^ ]+(?! ; sys_platform == 'win32')", LOCK.read_text(), re.MULTILINE
)
WINDOWS_ONLY = {"colorama", "tzdata"}
DUAL = {
    "tld": "MPL-1.1 or GPL-2.0 or LGPL-2.1, used under MPL-1.1",
}


@pytest.mark.parametrize("name", sorted(set(NAMES) - WINDOWS_ONLY - set(DUAL)))
def test_a_default_dependency_is_not_under_the_gpl(name: str) -> None:
    fields = metadata.metadata(name)
    stated = [fields.get("License-Expression"), (fields.get("License") or "")[:200]]
    stated += [c for c in fields.get_all("Classifier") or [] if c.startswith("License ::")]
    assert not re.search(r"\bA?GPL|General Public License", " ".join(filter(None, stated)))
