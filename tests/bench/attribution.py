#!/usr/bin/env python3
"""Measures how often each rule of attribution is right, on the training part of PolNeAR.

Prints the rows of the table in src/extract/attribution/precision.rs; `--write` puts them there.
Needs the evaluation kit (a folder with polnear.py) and the PolNeAR repository, neither of which is
part of this project:

    python3 tests/bench/attribution.py --kit KIT --repo POLNEAR --program target/release/pullquote
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

TABLE = Path(__file__).parents[2] / "src/extract/attribution/precision.rs"
FEWEST_WORDS = 4


def lines_of(program: str, articles: dict[str, bytes]) -> dict[str, dict]:
    """What the program finds in each article, by the article's name."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in articles]
        for path in paths:
            path.write_bytes(articles[path.name])
        found = {}
        for at in range(0, len(paths), 100):
            command = [program, "extract", "--format", "jsonl", *map(str, paths[at : at + 100])]
            printed = subprocess.run(command, capture_output=True, check=False).stdout.decode()
            for line in printed.splitlines():
                record = json.loads(line)
                found[Path(record["article"]).name] = record
    return found


def measure(polnear, loaded, found: dict[str, dict]) -> dict[str, Counter]:
    """Quotations and right ones, by rule. A doubted speaker counts as if named."""
    tally: dict[str, Counter] = {}
    for name, (article, gold) in loaded.items():
        predicted, rules = [], []
        for quote in found[name]["quotes"]:
            quote["speaker"] = quote["speaker"] or quote["doubted"]
            pieces = polnear.predicted_quotes(article, {"quotes": [quote]})
            predicted += pieces
            rules += [quote["rule"]] * len(pieces)
        pairs = polnear.pair(predicted, gold)
        for at, guess in enumerate(predicted):
            if guess.mention is None or len(article.text[slice(*guess.span)].split()) < FEWEST_WORDS:
                continue
            partner = gold[pairs[at]] if at in pairs else None
            right = partner is not None and polnear.is_right_speaker(article.text, guess, partner.sources)
            tally.setdefault(rules[at], Counter()).update(quotations=1, right=int(right))
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", required=True, help="folder of the evaluation kit")
    parser.add_argument("--repo", required=True, help="git directory of networkdynamics/PolNeAR")
    parser.add_argument("--program", required=True, help="the built pullquote")
    parser.add_argument("--write", action="store_true", help="put the figures into the table")
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.kit)
    import polnear
    from corpus import Repository

    loaded = polnear.load(Repository(Path(arguments.repo), "HEAD"), "train")
    found = lines_of(arguments.program, {name: article.data for name, (article, _) in loaded.items()})
    tally = measure(polnear, loaded, found)
    table = TABLE.read_text()

    def row(match: re.Match) -> str:
        counts = tally.get(match[2], Counter())
        return f'{match[1]}"{match[2]}"{match[3]}{counts["right"]}, {counts["quotations"]})'

    measured = re.sub(r'(    rule\(\s*)"([a-z-]+)"(,\s*"[^"]*",\s*)\d+,\s*\d+,?\s*\)', row, table.split("/// The rule of a name")[0])
    for line in measured.splitlines():
        if re.search(r"rule\(", line):
            print(line.strip())
    if arguments.write:
        TABLE.write_text(measured + "/// The rule of a name" + table.split("/// The rule of a name", 1)[1])


if __name__ == "__main__":
    main()
