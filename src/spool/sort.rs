//! Sorts more than fits into memory: sorted runs are spooled and merged when they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Piece, Spool};
use crate::error::Result;

/// Bytes of a run: a campaign of some thousand cards is one.
const MOST_IN_RUN: usize = 1 << 20;

/// Bytes of a run that are read at a time.
const AT_ONCE: usize = 1 << 14;

/// Entries by their keys, which are sorted when they are read.
#[derive(Debug, Default)]
pub struct Sorter {
    spool: Spool,
    /// The run that is being filled.
    run: Vec<(Box<str>, Box<[u8]>)>,
    in_run: usize,
    runs: Vec<Vec<Piece>>,
    count: usize,
}

impl Sorter {
    /// Adds an entry; no two have the same key.
    ///
    /// # Errors
    ///
    /// As [`Spool::add`].
    pub fn add(&mut self, key: &str, entry: &[u8]) -> Result<()> {
        self.in_run += key.len() + entry.len();
        self.run.push((key.into(), entry.into()));
        self.count += 1;
        if self.in_run >= MOST_IN_RUN {
            self.close()?;
        }
        Ok(())
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    fn close(&mut self) -> Result<()> {
        let mut run = std::mem::take(&mut self.run);
        self.in_run = 0;
        run.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut pieces = Vec::new();
        let mut bytes = Vec::new();
        let mut rest = run.len();
        for (key, entry) in run {
            let mut part = |part: &[u8]| {
                let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
                bytes.extend(length.to_le_bytes());
                bytes.extend(part);
            };
            part(key.as_bytes());
            part(&entry);
            rest -= 1;
            if bytes.len() >= AT_ONCE || rest == 0 {
                pieces.push(self.spool.add(&bytes)?);
                bytes.clear();
            }
        }
        self.runs.push(pieces);
        Ok(())
    }

    /// Hands over the entries in the order of their keys.
    ///
    /// # Errors
    ///
    /// As [`Spool::read`], and those of `take`.
    pub fn each(&mut self, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        if !self.run.is_empty() {
            self.close()?;
        }
        let mut runs: Vec<Run<'_>> = self.runs.iter().map(|pieces| Run::new(pieces)).collect();
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next(&self.spool)?.map(|head| Reverse((head, number))));
        }
        while let Some(Reverse(((_, entry), number))) = heads.pop() {
            take(&entry)?;
            let next = runs[number].next(&self.spool)?;
            heads.extend(next.map(|head| Reverse((head, number))));
        }
        Ok(())
    }
}

/// A run that is being read.
struct Run<'a> {
    pieces: std::slice::Iter<'a, Piece>,
    bytes: Vec<u8>,
    at: usize,
}

impl<'a> Run<'a> {
    fn new(pieces: &'a [Piece]) -> Self {
        Self {
            pieces: pieces.iter(),
            bytes: Vec::new(),
            at: 0,
        }
    }

    fn next(&mut self, spool: &Spool) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        if self.at == self.bytes.len() {
            let Some(piece) = self.pieces.next() else {
                return Ok(None);
            };
            self.bytes = spool.read(*piece)?;
            self.at = 0;
        }
        let key = self.part();
        Ok(Some((key, self.part())))
    }

    fn part(&mut self) -> Vec<u8> {
        let rest = &self.bytes[self.at..];
        let (length, rest) = rest.split_first_chunk().expect("parts are whole");
        let length = u32::from_le_bytes(*length) as usize;
        self.at += size_of::<u32>() + length;
        rest[..length].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_many_runs_come_in_the_order_of_their_keys() {
        let mut sorter = Sorter::default();
        let key = |number: u32| format!("row-{}", number * 7919 % 30_011);
        let mut expected = Vec::new();
        for number in 0..30_000 {
            let entry = format!("{number}").repeat(20);
            sorter
                .add(&key(number), entry.as_bytes())
                .expect("there is room");
            expected.push((key(number), entry));
        }
        assert!(sorter.runs.len() > 1, "the case is about several");
        assert_eq!(sorter.len(), expected.len());
        expected.sort();
        for _ in 0..2 {
            let mut left = expected.iter();
            let take = |entry: &[u8]| {
                assert_eq!(Some(entry), left.next().map(|(_, entry)| entry.as_bytes()));
                Ok(())
            };
            sorter.each(take).expect("they are there");
            assert!(left.next().is_none());
        }
    }
}
