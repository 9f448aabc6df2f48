//! A part of a campaign, for one of many machines.
//!
//! Jobs are dealt out by a hash of their names: each belongs to one shard whatever the others do,
//! shards are of much the same size, and a card that is added moves no other.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Which part of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// How engines number the machines of an array, and where they say how many there are.
struct Engine {
    index: &'static str,
    /// What the first machine is called; `None` is 0.
    first: Option<&'static str>,
    total: Option<&'static str>,
}

const ENGINES: &[Engine] = &[
    // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
    Engine {
        index: "JOB_COMPLETION_INDEX",
        first: None,
        total: None,
    },
    // https://slurm.schedmd.com/job_array.html
    Engine {
        index: "SLURM_ARRAY_TASK_ID",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        total: Some("SLURM_ARRAY_TASK_COUNT"),
    },
    // https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
    Engine {
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: None,
        total: Some("AWS_BATCH_JOB_ARRAY_SIZE"),
    },
];

impl Shard {
    /// Reads `3/8`, or `auto` and `auto/8`: the number, and the total where it is not given, from
    /// the environment of Kubernetes, Slurm or AWS Batch.
    ///
    /// # Errors
    ///
    /// Another form, a number beyond the total, or an environment that does not say.
    pub fn parse(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let hint = "write it as `--shard 3/8`, or `--shard auto/8` in an array of jobs";
        let unclear = || Error::new(format!("cannot read `{text}` as a shard")).with_hint(hint);
        let (number, of) = match text.split_once('/') {
            Some((number, of)) => (number, Some(of.trim().parse().map_err(|_| unclear())?)),
            None => (text, None),
        };
        let (number, of) = match (number.trim(), of) {
            ("auto", of) => automatic(of, variable)?,
            (number, Some(of)) => (number.parse().map_err(|_| unclear())?, of),
            (_, None) => return Err(unclear()),
        };
        if number == 0 || number > of {
            let message = format!("there is no shard {number} of {of}");
            return Err(
                Error::new(message).with_hint(format!("shards are numbered from 1 to {of}"))
            );
        }
        Ok(Self { number, of })
    }

    /// Whether a job of that name is in it.
    #[must_use]
    pub fn has(self, name: &Path) -> bool {
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let digest = Sha256::digest(parts.join("/"));
        let bytes = digest.first_chunk::<8>().expect("a digest has 32 bytes");
        u64::from_be_bytes(*bytes) % u64::from(self.of) == u64::from(self.number - 1)
    }

    /// `3-of-8`, as a part of file names.
    #[must_use]
    pub fn label(self) -> String {
        format!("{}-of-{}", self.number, self.of)
    }
}

fn automatic(of: Option<u32>, variable: impl Fn(&str) -> Option<String>) -> Result<(u32, u32)> {
    let number = |name: &str| -> Option<u32> { variable(name)?.trim().parse().ok() };
    for engine in ENGINES {
        let Some(index) = number(engine.index) else {
            continue;
        };
        let first = engine.first.and_then(number).unwrap_or(0);
        let total = of.or_else(|| engine.total.and_then(number));
        let Some(total) = total else {
            let message = format!(
                "`{}` says which shard this is, but not of how many",
                engine.index
            );
            return Err(Error::new(message).with_hint("say --shard auto/8"));
        };
        return Ok((index.saturating_sub(first).saturating_add(1), total));
    }
    let names: Vec<_> = ENGINES.iter().map(|engine| engine.index).collect();
    let message = format!(
        "nothing says which shard this is: no `{}`",
        names.join("`, no `")
    );
    Err(Error::new(message).with_hint("say --shard 3/8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_given_or_in_the_environment() {
        #[track_caller]
        fn case(text: &str, environment: &[(&str, &str)], expected: &str) {
            let variable = |name: &str| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            let shard = Shard::parse(text, variable);
            let told = shard.map_or_else(|error| error.to_string(), Shard::label);
            assert_eq!(told, expected);
        }
        let slurm = &[
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_MIN", "5"),
            ("SLURM_ARRAY_TASK_COUNT", "4"),
        ];
        let batch = &[
            ("AWS_BATCH_JOB_ARRAY_INDEX", "0"),
            ("AWS_BATCH_JOB_ARRAY_SIZE", "2"),
        ];
        let kubernetes = &[("JOB_COMPLETION_INDEX", "2")];
        case("3/8", &[], "3-of-8");
        case("auto", slurm, "3-of-4");
        case("auto", batch, "1-of-2");
        case("auto/8", kubernetes, "3-of-8");
        case(
            "auto",
            kubernetes,
            "`JOB_COMPLETION_INDEX` says which shard this is, but not of how many",
        );
        case("auto/2", kubernetes, "there is no shard 3 of 2");
        case("0/2", &[], "there is no shard 0 of 2");
        case("1/0", &[], "there is no shard 1 of 0");
        case("three", &[], "cannot read `three` as a shard");
        case("1/x", &[], "cannot read `1/x` as a shard");
    }

    #[test]
    fn every_job_is_in_one_shard_and_shards_are_even() {
        let names: Vec<_> = (0..4000).map(|n| format!("spring/card-{n}--og")).collect();
        let mut counts = [0; 8];
        for name in &names {
            let shards = (1..=8).map(|number| Shard { number, of: 8 });
            let own: Vec<_> = shards.filter(|shard| shard.has(Path::new(name))).collect();
            let [shard] = own.as_slice() else {
                panic!("{name} is in {own:?}");
            };
            counts[shard.number as usize - 1] += 1;
        }
        assert!(
            counts.iter().all(|count| (430..570).contains(count)),
            "{counts:?}"
        );
    }
}
