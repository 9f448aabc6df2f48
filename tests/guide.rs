//! The guide for designers does what it says: its commands are run as they stand in it.

use std::fs;
use std::path::Path;
use std::process::Command;

const GUIDE: &str = include_str!("../templates/README.md");

/// A command of the guide, and what it says there.
struct Step {
    command: &'static str,
    told: Option<&'static str>,
}

/// The commands of a chapter, in order.
fn steps(chapter: &str) -> Vec<Step> {
    let (_, rest) = GUIDE
        .split_once(&format!("\n## {chapter}\n"))
        .expect("the chapter is there");
    let text = rest.split("\n## ").next().expect("it has text");
    let mut steps: Vec<Step> = Vec::new();
    let mut blocks = text.split("```").skip(1).step_by(2);
    for block in blocks.by_ref() {
        let (kind, body) = block.split_once('\n').expect("a block has lines");
        match kind {
            "sh" => {
                let commands = body.lines().filter(|line| line.starts_with("pullquote "));
                steps.extend(commands.map(|command| Step {
                    command,
                    told: None,
                }));
            }
            "text" => {
                let step = steps
                    .last_mut()
                    .expect("a command comes before what it says");
                step.told = Some(body);
            }
            _ => {}
        }
    }
    steps
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it is made");
    for entry in fs::read_dir(from).expect("it is there") {
        let path = entry.expect("it can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("it is copied");
        }
    }
}

#[track_caller]
fn run(chapter: &str, made: &[&str]) {
    let desk = tempfile::tempdir().expect("there is room");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(
        &root.join("examples/templates"),
        &desk.path().join("examples/templates"),
    );
    let steps = steps(chapter);
    assert!(steps.len() > 3, "{} steps", steps.len());
    for Step { command, told } in steps {
        let mut program = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        program
            .args(command.split_whitespace().skip(1))
            .current_dir(desk.path());
        let output = program.output().expect("it starts");
        let err = String::from_utf8(output.stderr).expect("it is UTF-8");
        match told {
            Some(told) => assert_eq!(err, told, "{command}"),
            None => assert!(output.status.success(), "{command}\n{err}"),
        }
    }
    for file in made {
        assert!(desk.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn a_first_template_is_made_in_the_steps_of_the_guide() {
    let made = [
        "harbour-specimen.png",
        "output/deck/neighbours--square.png",
        "output/deck/trees--square.png",
    ];
    run("Your first template, in ten minutes", &made);
}

#[test]
fn one_of_ours_is_a_start() {
    let made = [
        "my/quote/square.svg",
        "my/statistic/template.toml",
        "quote-specimen.png",
        "output/deck/neighbours--story.png",
    ];
    run("Starting from one of ours", &made);
}
