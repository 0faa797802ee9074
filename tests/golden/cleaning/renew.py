"""Write what cleaning makes of the pages now as what is expected: `python -m tests.golden.cleaning.renew`, then read the diff."""

import json

from tests.golden.cleaning.cases import DIRECTORY, cleaned

for name, versions in cleaned().items():
    text = json.dumps(versions, ensure_ascii=False, indent=1)
    (DIRECTORY / f"{name}.json").write_text(text + "\n", "utf-8")
