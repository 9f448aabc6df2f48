//! Writes tokens as DEFLATE blocks with codes of their own (RFC 1951).

use super::huffman::Code;
use super::matches::{ROW, Token, is_literal, parts};
use super::palette::Palette;

/// Tokens in a block: enough to pay for its codes, few enough that they suit all of it.
const BLOCK: usize = 14_000;

/// Ends a block.
const END: usize = 256;

/// Shortest length and extra bits of each symbol from 257 on.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// How pixels become bytes.
#[derive(Clone, Copy, Debug)]
pub enum Depth<'a> {
    /// Red, green and blue.
    Rgb,
    /// The index in a palette.
    Indexed(&'a Palette),
}

impl Depth<'_> {
    /// Bytes of a pixel.
    pub fn bytes(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Indexed(_) => 1,
        }
    }
}

/// Tokens as DEFLATE blocks, behind what stands in `bytes`.
pub fn deflate(bytes: Vec<u8>, tokens: &[Token], depth: Depth<'_>) -> Vec<u8> {
    let mut out = Bits::new(bytes);
    let mut blocks = tokens.chunks(BLOCK).peekable();
    while let Some(tokens) = blocks.next() {
        let is_last = blocks.peek().is_none();
        match depth {
            Depth::Rgb => block(&mut out, (tokens, is_last), 3, |colour| {
                let [red, green, blue, _] = colour.to_le_bytes();
                [red, green, blue]
            }),
            Depth::Indexed(palette) => block(&mut out, (tokens, is_last), 1, |colour| {
                [palette.index(colour)]
            }),
        }
    }
    out.finish()
}

/// One block; `literal` gives the bytes of a pixel.
fn block<const N: usize>(
    out: &mut Bits,
    (tokens, is_last): (&[Token], bool),
    depth: usize,
    literal: impl Fn(u32) -> [u8; N],
) {
    let counts = Counts::of(tokens, depth, &literal);
    let literals = Code::<286>::new(&counts.literals, 15);
    let distances = Code::<30>::new(&counts.distances, 15);
    header(out, &literals, &distances, is_last);
    let codes = Codes::of(&literals, &distances);
    for token in tokens {
        if is_literal(*token) {
            for byte in literal(*token) {
                out.put_code(codes.literals[usize::from(byte)]);
            }
        } else if *token == ROW {
            out.put_code(codes.literals[0]);
        } else {
            let (pixels, distance) = parts(*token);
            out.put_code(codes.lengths[pixels * depth]);
            let (symbol, extra) = distance_symbol(distance);
            out.put_code(codes.distances[symbol]);
            out.put((distance as u64 - 1) & ((1 << extra) - 1), extra);
        }
        out.flush();
    }
    out.put_symbol(&literals, END);
    out.flush();
}

/// How often each symbol comes.
struct Counts {
    literals: [u32; 286],
    distances: [u32; 30],
}

impl Counts {
    fn of<const N: usize>(
        tokens: &[Token],
        depth: usize,
        literal: impl Fn(u32) -> [u8; N],
    ) -> Self {
        let mut counts = Self {
            literals: [0; 286],
            distances: [0; 30],
        };
        let mut lengths = [0_u32; 259];
        for token in tokens {
            if is_literal(*token) {
                for byte in literal(*token) {
                    counts.literals[usize::from(byte)] += 1;
                }
            } else if *token == ROW {
                counts.literals[0] += 1;
            } else {
                let (pixels, distance) = parts(*token);
                lengths[pixels * depth] += 1;
                counts.distances[distance_symbol(distance).0] += 1;
            }
        }
        for (length, count) in lengths.iter().enumerate().skip(3) {
            counts.literals[length_symbol(length)] += count;
        }
        counts.literals[END] = 1;
        counts
    }
}

/// The symbol of a length, 3 to 258.
fn length_symbol(length: usize) -> usize {
    match length {
        258 => 285,
        ..=10 => 254 + length,
        _ => {
            let extra = (length - 3).ilog2() as usize - 2;
            257 + 4 * extra + ((length - 3) >> extra)
        }
    }
}

/// The symbol of a distance, 1 to 32768, and how many extra bits follow it.
#[inline]
fn distance_symbol(distance: usize) -> (usize, u32) {
    let before = distance as u32 - 1;
    if before < 4 {
        return (before as usize, 0);
    }
    let extra = before.ilog2() - 1;
    ((2 * extra + (before >> extra)) as usize, extra)
}

/// Bits, the first to be written lowest, and how many they are.
type Word = (u32, u32);

/// What is written for bytes, lengths and distances.
struct Codes {
    literals: [Word; 256],
    /// With the extra bits behind the code.
    lengths: [Word; 259],
    /// Without extra bits.
    distances: [Word; 30],
}

impl Codes {
    fn of(literals: &Code<286>, distances: &Code<30>) -> Self {
        let mut lengths = [(0, 0); 259];
        for (length, code) in lengths.iter_mut().enumerate().skip(3) {
            let symbol = length_symbol(length);
            let (shortest, extra) = LENGTHS[symbol - 257];
            let (bits, count) = literals.of(symbol);
            let rest = length as u32 - u32::from(shortest);
            *code = (bits | (rest << count), count + u32::from(extra));
        }
        Self {
            literals: std::array::from_fn(|byte| literals.of(byte)),
            lengths,
            distances: std::array::from_fn(|symbol| distances.of(symbol)),
        }
    }
}

/// The order in which the lengths of the code for code lengths are sent.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// The header of a block: the lengths of its codes, run-length coded and coded once more.
fn header(out: &mut Bits, literals: &Code<286>, distances: &Code<30>, is_last: bool) {
    let used = |lengths: &[u8], least: usize| {
        let last = lengths.iter().rposition(|length| *length > 0);
        last.map_or(least, |last| least.max(last + 1))
    };
    let (sent_literals, sent_distances) =
        (used(&literals.lengths, 257), used(&distances.lengths, 1));
    let mut lengths = literals.lengths[..sent_literals].to_vec();
    lengths.extend_from_slice(&distances.lengths[..sent_distances]);
    let runs = runs(&lengths);
    let mut counts = [0; 19];
    for run in &runs {
        counts[run.symbol] += 1;
    }
    let code = Code::<19>::new(&counts, 7);
    let sent = ORDER.map(|symbol| code.lengths[symbol]);
    let sent = &sent[..used(&sent, 4)];
    out.put(u64::from(is_last), 1);
    out.put(2, 2);
    out.put(sent_literals as u64 - 257, 5);
    out.put(sent_distances as u64 - 1, 5);
    out.put(sent.len() as u64 - 4, 4);
    for length in sent {
        out.flush();
        out.put(u64::from(*length), 3);
    }
    for run in runs {
        out.flush();
        out.put_symbol(&code, run.symbol);
        out.put(run.rest as u64, run.extra);
    }
    out.flush();
}

/// A symbol of the code for code lengths, with the extra bits behind it.
struct Run {
    symbol: usize,
    rest: usize,
    extra: u32,
}

fn runs(lengths: &[u8]) -> Vec<Run> {
    let mut runs = Vec::new();
    for same in lengths.chunk_by(|one, other| one == other) {
        let length = usize::from(same[0]);
        let mut left = same.len();
        if length > 0 {
            runs.push(Run {
                symbol: length,
                rest: 0,
                extra: 0,
            });
            left -= 1;
        }
        while left > 0 {
            let (symbol, least, most, extra) = match (length, left) {
                (_, ..3) => (length, 1, 1, 0),
                (0, 3..11) => (17, 3, 10, 3),
                (0, _) => (18, 11, 138, 7),
                _ => (16, 3, 6, 2),
            };
            let taken = left.min(most);
            runs.push(Run {
                symbol,
                rest: taken - least,
                extra,
            });
            left -= taken;
        }
    }
    runs
}

/// Bytes that are written bit by bit.
struct Bits {
    bytes: Vec<u8>,
    /// Where the next whole byte goes; `bytes` is longer than that.
    at: usize,
    word: u64,
    count: u32,
}

impl Bits {
    fn new(bytes: Vec<u8>) -> Self {
        Self {
            at: bytes.len(),
            bytes,
            word: 0,
            count: 0,
        }
    }

    /// Adds bits, lowest first. Between two flushes there is room for 57.
    #[inline]
    fn put(&mut self, bits: u64, count: u32) {
        self.word |= bits << self.count;
        self.count += count;
    }

    #[inline]
    fn put_code(&mut self, (bits, count): Word) {
        self.put(u64::from(bits), count);
    }

    #[inline]
    fn put_symbol<const N: usize>(&mut self, code: &Code<N>, symbol: usize) {
        self.put_code(code.of(symbol));
    }

    /// Writes the whole bytes.
    #[inline]
    fn flush(&mut self) {
        if self.at + 8 > self.bytes.len() {
            self.grow();
        }
        if let Some(free) = self.bytes[self.at..].first_chunk_mut() {
            *free = self.word.to_le_bytes();
        }
        let whole = self.count / 8;
        self.at += whole as usize;
        self.word >>= whole * 8;
        self.count %= 8;
    }

    #[cold]
    fn grow(&mut self) {
        self.bytes.resize(self.bytes.len() * 2 + 4096, 0);
    }

    /// The bytes, the last one filled up.
    fn finish(mut self) -> Vec<u8> {
        self.flush();
        self.bytes.truncate(self.at + usize::from(self.count > 0));
        self.bytes
    }
}
