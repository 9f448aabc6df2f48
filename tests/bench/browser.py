#!/usr/bin/env python3
"""Sets quotations of the corpus in Chromium with `text-wrap: balance` and compares.

    cargo bench --bench type -- lines > /tmp/lines.json
    tests/bench/browser.py /tmp/lines.json [--our-rules] [-v]

With `--our-rules` Chromium gets no-break spaces where it would part what we never part (a number and
its unit, a title or initial and its name) or leave a single short word for the last line.

Same box, same face, same leading. Chromium's size is the largest at which the text fits, found by
bisection; the height of n lines is that of the fitter: capitals of the first line to the last
baseline. Needs `chromium` on the path (Debian's package) and Python, nothing else. A hundred
quotations are taken, evenly from the whole corpus, each on one of the boards.
"""
import html, json, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FACES = {
    ("Noto Serif Display", 700): "noto-serif-display/NotoSerifDisplay_700Bold.ttf",
    ("Source Serif 4", 600): "source-serif-4/SourceSerif4_600SemiBold.ttf",
}
SCRIPT = """
const cases = JSON.parse(document.getElementById('cases').textContent);
const box = document.createElement('div');
document.body.append(box);
function lines(c, size) {
  box.style.cssText = `position:absolute;left:0;top:0;white-space:normal;text-wrap:balance;
    font-kerning:normal;text-rendering:geometricPrecision;width:${c.width}px;
    font:${c.weight} ${size}px '${c.family}';line-height:${c.leading};letter-spacing:${c.tracking}em`;
  const node = box.firstChild, range = document.createRange(), found = [];
  const words = [...node.data.matchAll(/\\S+/g)];
  for (const word of words) {
    range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
    const rects = [...range.getClientRects()];
    for (const rect of rects) {
      const last = found[found.length - 1];
      if (last && Math.abs(last.top - rect.top) < size * 0.3) {
        last.right = Math.max(last.right, rect.right); last.words.push(word[0]);
      } else found.push({top: rect.top, left: rect.left, right: rect.right, words: [word[0]]});
    }
  }
  return found;
}
function fits(c, size) {
  const found = lines(c, size);
  const height = size * (c.cap + (found.length - 1) * c.leading);
  // Chromium counts the tracking behind the last letter, which nobody sees: neither does this.
  const behind = size * c.tracking;
  return height <= c.height + 0.01 && (!c.max_lines || found.length <= c.max_lines)
    && found.every(line => line.right - line.left - behind <= c.width + 0.01);
}
document.fonts.ready.then(async () => {
  await Promise.all([...document.fonts].map(face => face.load()));
  const result = cases.map(c => {
    box.textContent = c.text;
    let low = c.min, high = c.max;
    if (!fits(c, low)) return null;
    if (fits(c, high)) low = high;
    while (high / low > 1.0001) {
      const middle = (low + high) / 2;
      if (fits(c, middle)) low = middle; else high = middle;
    }
    const found = lines(c, low);
    return {size: low, lines: found.map(line => line.words.join(' ')),
            widths: found.map(line => (line.right - line.left) / low - c.tracking)};
  });
  document.body.textContent = '@@' + JSON.stringify(result) + '@@';
});
"""


def chosen(rows):
    """A hundred in the faces that Chromium gets, spread over the corpus and the boards."""
    rows = [row for row in rows if (row["family"], row["weight"]) in FACES]
    texts = sorted({row["text"] for row in rows}, key=[row["text"] for row in rows].index)
    step = len(texts) / 100
    picked = [texts[int(index * step)] for index in range(100)]
    boards = ["landscape", "square", "portrait"]
    found = []
    for index, text in enumerate(picked):
        own = [row for row in rows if row["text"] == text]
        found.append(next((r for r in own if r["board"] == boards[index % 3]), own[0]))
    return found


def in_chromium(cases):
    faces = "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};src:url('{(ROOT / 'fonts' / file).as_uri()}')}}"
        for (family, weight), file in FACES.items()
    )
    data = json.dumps(cases).replace("<", "\\u003c")
    page = f"<!doctype html><meta charset=utf-8><style>{faces}</style><body><script id=cases type=application/json>{data}</script><script>{SCRIPT}</script>"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.html")
        path.write_text(page)
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                   "--virtual-time-budget=120000", "--dump-dom", path.as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(html.unescape(re.search("@@(.*)@@", dom, re.S).group(1)))


TITLES = {"Dr.", "Prof.", "Mrs.", "Mr.", "Ms.", "St.", "Sra.", "Sr.", "Mme.", "M."}


def is_refused(last, following):
    """Whether we would not end a line between these words, at any price."""
    is_figure = re.search(r"[0-9]$", last) and re.match(r"(km|kg|m|cm|mm|%|km/h|км|χλμ)\W*$", following)
    is_name = following[:1].isupper() and (last in TITLES or re.fullmatch(r"([A-Z]\.)+", last))
    return bool(is_figure or is_name or re.match(r"[–—]", following))


def bound(text, lines, widths):
    """The text with a no-break space wherever these lines part what we never part, and before a
    last word that they leave alone, shorter than half of the others: None if there is nothing."""
    pairs = [(one.split()[-1], other.split()[0]) for one, other in zip(lines, lines[1:])]
    parted = [pair for pair in pairs if is_refused(*pair)]
    others = sum(widths[:-1]) / max(1, len(widths) - 1)
    if len(lines) > 1 and len(lines[-1].split()) == 1 and widths[-1] < others / 2:
        parted.append(pairs[-1])
    for last, following in parted:
        text = text.replace(f"{last} {following}", f"{last}\u00a0{following}")
    return text if parted else None


def under_our_rules(cases):
    """Chromium's lines, set again with no-break spaces until they part nothing that we never part."""
    cases = [dict(case) for case in cases]
    found = in_chromium(cases)
    for _ in range(6):
        again = []
        for index, (case, their) in enumerate(zip(cases, found)):
            text = their and bound(case["text"], their["lines"], their["widths"])
            if text and text != case["text"]:
                case["text"] = text
                again.append(index)
        if not again:
            break
        for index, their in zip(again, in_chromium([cases[index] for index in again])):
            found[index] = their
    return found


def evenness(widths):
    return min(widths) / max(widths)


def main():
    cases = chosen(json.load(open(sys.argv[1])))
    setter = under_our_rules if "--our-rules" in sys.argv else in_chromium
    pairs = [(our, their) for our, their in zip(cases, setter(cases)) if their]
    smaller = [(o, t) for o, t in pairs if o["size"] < t["size"] * 0.999]
    larger = sum(o["size"] > t["size"] * 1.001 for o, t in pairs)
    print(f"{len(pairs)} quotations; size: {larger} larger than Chromium's, {len(smaller)} smaller")
    shares = sorted(o["size"] / t["size"] for o, t in pairs)
    print(f"  in shares of Chromium's: mean {sum(shares) / len(shares):.4f}, middle {shares[len(shares) // 2]:.4f}")
    several = [(o, t) for o, t in pairs if len(o["widths"]) > 1 and len(t["widths"]) > 1]
    ours = sorted(evenness(o["widths"]) for o, _ in several)
    theirs = sorted(evenness(t["widths"]) for _, t in several)
    at = lambda values, share: values[min(len(values) - 1, int(len(values) * share))]
    print("shortest line in shares of the longest (larger is more even)")
    for name, values in [("ours", ours), ("Chromium", theirs)]:
        parts = "  ".join(f"{share:.0%}: {at(values, share):.3f}" for share in (0, 0.1, 0.25, 0.5, 0.75, 0.9))
        print(f"  {name:9} mean {sum(values) / len(values):.3f}  {parts}")
    worse = [(o, t) for o, t in several if evenness(o["widths"]) < evenness(t["widths"]) - 0.001]
    better = sum(evenness(o["widths"]) > evenness(t["widths"]) + 0.001 for o, t in several)
    print(f"  more even than Chromium: {better}, as even: {len(several) - better - len(worse)}, less even: {len(worse)}")
    if "-v" in sys.argv:
        for title, rows in [("smaller", smaller), ("less even", worse)]:
            print(f"\n{title}")
            for o, t in rows:
                print(f"  {o['board']}: {o['size']:.1f} {evenness(o['widths']):.2f}  {' / '.join(o['lines'])}")
                print(f"  {'Chromium':>10}: {t['size']:.1f} {evenness(t['widths']):.2f}  {' / '.join(t['lines'])}")


main()
