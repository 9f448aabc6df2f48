//! Prefix codes as DEFLATE has them: from how often symbols come to the bits that stand for them.
//!
//! Codes are canonical and limited in length (RFC 1951, section 3.2.2).

/// A code: for each symbol its bits, ready to be written, and how many they are.
#[derive(Clone, Debug)]
pub struct Code<const N: usize> {
    /// Bits, the first to be written lowest.
    pub bits: [u16; N],
    /// How many bits; 0 for symbols that do not come.
    pub lengths: [u8; N],
}

impl<const N: usize> Code<N> {
    /// The shortest code of at most `most` bits for symbols that come so often.
    ///
    /// At least one symbol has a code, as some decoders ask for.
    pub fn new(counts: &[u32; N], most: u8) -> Self {
        let lengths = lengths(counts, most);
        Self {
            bits: bits(&lengths),
            lengths,
        }
    }

    /// The bits of a symbol, and how many they are.
    #[inline]
    pub fn of(&self, symbol: usize) -> (u32, u32) {
        (
            u32::from(self.bits[symbol]),
            u32::from(self.lengths[symbol]),
        )
    }
}

/// The length of each symbol's code.
fn lengths<const N: usize>(counts: &[u32; N], most: u8) -> [u8; N] {
    let mut lengths = [0; N];
    let mut used: Vec<(u32, usize)> = Vec::with_capacity(N);
    used.extend(
        (0..N)
            .filter(|&at| counts[at] > 0)
            .map(|at| (counts[at], at)),
    );
    if used.len() < 2 {
        lengths[used.first().map_or(0, |(_, symbol)| *symbol)] = 1;
        return lengths;
    }
    used.sort_unstable();
    let mut of_length = depths(&used);
    limit(&mut of_length, usize::from(most));
    // The rarest symbols get the longest codes.
    let mut rarest = used.iter();
    for length in (1..of_length.len()).rev() {
        for (_, symbol) in rarest.by_ref().take(of_length[length]) {
            lengths[*symbol] = length as u8;
        }
    }
    lengths
}

/// How many symbols have codes of each length, without a limit: Huffman's algorithm on two queues.
fn depths(used: &[(u32, usize)]) -> Vec<usize> {
    let leaves = used.len();
    let mut weights: Vec<u64> = used.iter().map(|(count, _)| u64::from(*count)).collect();
    let mut parents = vec![0; 2 * leaves - 1];
    let (mut leaf, mut inner) = (0, leaves);
    for node in leaves..2 * leaves - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            let is_leaf = leaf < leaves && (inner >= node || weights[leaf] <= weights[inner]);
            let lightest = if is_leaf { &mut leaf } else { &mut inner };
            weight += weights[*lightest];
            parents[*lightest] = node;
            *lightest += 1;
        }
        weights.push(weight);
    }
    let mut depths = vec![0; 2 * leaves - 1];
    let mut of_length = vec![0; leaves.max(2)];
    for node in (0..2 * leaves - 2).rev() {
        depths[node] = depths[parents[node]] + 1;
        if node < leaves {
            of_length[depths[node]] += 1;
        }
    }
    of_length
}

/// Shortens codes that are too long and lengthens as many others as make room for them.
fn limit(of_length: &mut Vec<usize>, most: usize) {
    if of_length.len() <= most + 1 {
        of_length.resize(most + 1, 0);
    }
    let too_long: usize = of_length.drain(most + 1..).sum();
    of_length[most] += too_long;
    let room = 1 << most;
    let taken = |lengths: &[usize]| -> usize {
        let lengths = lengths.iter().enumerate().skip(1);
        lengths
            .map(|(length, number)| number << (most - length))
            .sum()
    };
    let mut excess = taken(of_length).saturating_sub(room);
    while excess > 0 {
        // One code of the greatest length goes, and one shorter code becomes two that are longer.
        let shorter = (1..most).rev().find(|&length| of_length[length] > 0);
        let length = shorter.expect("codes of all symbols at the greatest length fit");
        of_length[most] -= 1;
        of_length[length] -= 1;
        of_length[length + 1] += 2;
        excess -= 1;
    }
}

/// Canonical codes for these lengths.
fn bits<const N: usize>(lengths: &[u8; N]) -> [u16; N] {
    let mut next = [0_u16; 17];
    for length in lengths.iter().filter(|length| **length > 0) {
        next[usize::from(*length) + 1] += 1;
    }
    for length in 1..17 {
        next[length] = (next[length] + next[length - 1]) << 1;
    }
    let mut bits = [0; N];
    for (symbol, length) in lengths.iter().enumerate() {
        if *length > 0 {
            let code = &mut next[usize::from(*length)];
            bits[symbol] = code.reverse_bits() >> (16 - length);
            *code += 1;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of all codes that these lengths take, in parts of 2¹⁵.
    fn taken<const N: usize>(code: &Code<N>) -> u32 {
        let lengths = code.lengths.iter().filter(|length| **length > 0);
        lengths.map(|length| 1 << (15 - length)).sum()
    }

    #[test]
    fn codes_are_complete_and_no_longer_than_allowed() {
        #[track_caller]
        fn case<const N: usize>(counts: [u32; N], most: u8) {
            let code = Code::new(&counts, most);
            assert_eq!(taken(&code), 1 << 15);
            for (symbol, count) in counts.iter().enumerate() {
                assert!(code.lengths[symbol] <= most);
                assert_eq!(code.lengths[symbol] > 0, *count > 0);
            }
        }
        case([1, 1, 0, 5], 15);
        case([3; 19], 7);
        // Numbers like Fibonacci's ask for the longest codes.
        case(
            [
                1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
            ],
            7,
        );
        case::<40>(std::array::from_fn(|at| 1 << (at / 2)), 9);
    }

    #[test]
    fn a_single_symbol_has_a_code_too() {
        assert_eq!(Code::new(&[0, 0, 7], 15).lengths, [0, 0, 1]);
        assert_eq!(Code::new(&[0, 0, 0], 15).lengths, [1, 0, 0]);
    }

    #[test]
    fn codes_are_those_of_the_specification() {
        // The example of RFC 1951, section 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4.
        let codes = bits(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let written = [0b010, 0b011, 0b100, 0b101, 0b110, 0b00, 0b1110, 0b1111_u16];
        let lengths = [3, 3, 3, 3, 3, 2, 4, 4];
        for ((code, bits), length) in codes.iter().zip(written).zip(lengths) {
            assert_eq!(*code, bits.reverse_bits() >> (16 - length));
        }
    }
}
