use object_store::memory::InMemory;

use super::super::{Image, Output, Record, Records, sha256};
use super::*;

fn open(store: &Arc<InMemory>, label: &str, access: Access) -> (Output, Records) {
    let store = Arc::clone(store) as Arc<dyn ObjectStore>;
    let prefix = Path::from("spring/cards");
    let place = Store::open(store, "s3://b/spring/cards", prefix, label, access);
    let place = place.expect("it opens");
    Output::opened(Box::new(place), label, access).expect("it can be read")
}

fn record(name: &str, bytes: &[u8]) -> Record {
    let image = Image {
        file: format!("{name}.png"),
        width: 1,
        height: 1,
        bytes: bytes.len(),
        sha256: sha256(bytes),
        alt: String::new(),
    };
    Record::new(name, "inputs", Some(Arc::new(image)), &[])
}

fn jobs(records: &Records) -> Vec<String> {
    let mut names = Vec::new();
    let noted = records.each(|record| {
        names.push(record.name);
        Ok(())
    });
    noted.expect("they can be read");
    names.sort();
    names
}

fn names(store: &Arc<InMemory>) -> Vec<String> {
    let runtime = Builder::new_current_thread().build().expect("it starts");
    let listed = runtime.block_on(store.list(None).try_collect::<Vec<_>>());
    let listed = listed.expect("it can be listed");
    let mut names: Vec<_> = listed
        .into_iter()
        .map(|it| it.location.to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_sent_is_known_after_a_kill_and_one_object_knows_it_at_the_end() {
    let store = Arc::new(InMemory::new());
    let (output, records) = open(&store, "run", Access::Own);
    assert_eq!(jobs(&records), [""; 0]);
    output
        .finish(&record("a/one", b"1"), b"1")
        .expect("it is sent");
    output
        .finish(&record("a/two", b"22"), b"22")
        .expect("it is sent");
    output.settle().expect("it arrives");
    drop(output); // as when it is killed: nothing was recorded
    let (output, records) = open(&store, "run", Access::Own);
    assert_eq!(jobs(&records), ["a/one", "a/two"]);
    assert!(output.is_intact("a/one.png", 1, &sha256(b"1")).0);
    assert!(!output.is_intact("a/one.png", 2, &sha256(b"1")).0);
    assert!(!output.is_intact("a/three.png", 1, &sha256(b"1")).0);
    output.finish(&record("b", b"3"), b"3").expect("it is sent");
    let mut records = records;
    records.put(&record("b", b"3")).expect("there is room");
    output.record(&records).expect("it is recorded");
    let known = "spring/cards/.pullquote/run.jsonl";
    let pictures = [
        "spring/cards/a/one.png",
        "spring/cards/a/two.png",
        "spring/cards/b.png",
    ];
    assert_eq!(names(&store), [&[known], &pictures[..]].concat());
    drop(output);
    let (output, again) = open(&store, "run", Access::Look);
    assert_eq!(jobs(&again), ["a/one", "a/two", "b"]);
    assert_eq!(
        again.get("b").expect("it is there"),
        Some(record("b", b"3"))
    );
    let gone = output.place.remove("b.png");
    gone.expect("it is removed");
    assert!(!output.has("b.png"));
    assert_eq!(names(&store), [known, pictures[0], pictures[1]]);
}

#[test]
fn shards_are_joined_and_forgotten() {
    let store = Arc::new(InMemory::new());
    for (label, name) in [("1-of-2", "one"), ("2-of-2", "two")] {
        let (output, _) = open(&store, label, Access::Own);
        output
            .finish(&record(name, b"1"), b"1")
            .expect("it is sent");
        output.settle().expect("it arrives");
    }
    let (output, _) = open(&store, "run", Access::Own);
    let shards = output.shards().expect("they can be read");
    assert_eq!(jobs(&shards), ["one", "two"]);
    output.record(&shards).expect("it is recorded");
    output.forget_shards().expect("they are forgotten");
    let hidden: Vec<_> = names(&store)
        .into_iter()
        .filter(|it| it.contains(HIDDEN))
        .collect();
    assert_eq!(hidden, ["spring/cards/.pullquote/run.jsonl"]);
}

#[test]
fn large_pages_go_in_parts_and_a_page_that_fails_leaves_the_old_one() {
    let store = Arc::new(InMemory::new());
    let (output, _) = open(&store, "run", Access::Own);
    let line = [b'x'; 1 << 16];
    let written = output.write_page("index.html", "", |writer| {
        (0..200).try_for_each(|_| writer.write_all(&line))
    });
    let written = written.expect("it is written");
    assert_eq!(written.bytes, 200 << 16);
    assert!(
        output
            .is_intact("index.html", written.bytes, &written.sha256)
            .0
    );
    for lines in [1, 200] {
        let failed = output.write_page("index.html", "", |writer| {
            (0..lines).try_for_each(|_| writer.write_all(b"y"))?;
            Err(io::Error::other("no more"))
        });
        failed.expect_err("it fails");
        assert!(
            output
                .is_intact("index.html", written.bytes, &written.sha256)
                .0
        );
    }
}
