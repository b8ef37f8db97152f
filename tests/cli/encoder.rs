//! `train encoder`, `encode`, and the vectors of one command in another.

use crate::harness::Scene;

const SPANISH: &str = "la casa blanca\nla mesa blanca\nel perro verde\nel gato duerme\nla niña lee un libro\nel niño duerme en la casa\n";
const ENGLISH: &str =
    "the white house\nthe white table\nthe green dog\nthe cat sleeps\nthe girl reads a book\nthe boy sleeps in the house\n";

fn scene() -> Scene {
    let pairs: String = SPANISH.lines().zip(ENGLISH.lines()).map(|(s, t)| format!("{s}\t{t}\n")).collect();
    Scene::new().file("a.es", SPANISH).file("a.en", ENGLISH).file("pairs.tsv", pairs)
}

#[test]
fn an_encoder_learns_from_a_teacher_and_encodes() {
    let scene = scene();
    scene.run("encode a.es --lang es --to s.npy").ok().says("wrote s.npy: 6 vectors of 148 numbers");
    scene.run("encode a.en --lang en --to t.npy").ok();
    scene.run("train encoder pairs.tsv --list-words words.txt --out none").ok();
    assert!(scene.read("words.txt").lines().any(|word| word == "casa"));
    scene.run("encode words.txt --lang es --to w.npy").ok();
    let line = "train encoder pairs.tsv --teacher s.npy t.npy --init w.npy --dimensions 8 --passes 2 --out";
    scene.run(&format!("{line} one.enc --threads 1")).ok().says("wrote one.enc").says("of 8 numbers from 6 sentence pairs");
    scene.run(&format!("{line} two.enc --threads 2")).ok();
    assert_eq!(scene.bytes("one.enc"), scene.bytes("two.enc"));
    scene.run("encode a.es --lang es --encoder one.enc --to small.npy").ok().says("6 vectors of 8 numbers");
}

#[test]
fn vectors_that_encode_wrote_align() {
    let scene = scene();
    scene.run("encode a.es --lang es --to s.npy").ok();
    scene.run("encode a.en --lang en --to t.npy").ok();
    let ran = scene.run("align a.es a.en --segmented --without-models --embeddings s.npy t.npy --output-format vecalign").ok();
    let beads: Vec<_> = ran.stdout.lines().map(|line| line.rsplit_once(':').expect("a cost").0).collect();
    assert_eq!(beads, ["[0]:[0]", "[1]:[1]", "[2]:[2]", "[3]:[3]", "[4]:[4]", "[5]:[5]"]);
}

#[test]
fn what_does_not_fit_is_refused_with_its_cause() {
    let scene = scene().file("short.es", "una\n").file("bad.enc", "PK");
    scene.run("encode a.es --lang fr --to x.npy").fails().says("the encoder knows `es` and `en`, not `fr`");
    scene.run("encode a.es --lang es --encoder bad.enc --to x.npy").fails().says("bad.enc: not an encoder");
    scene.run("encode short.es --lang es --to short.npy").ok();
    scene.run("train encoder pairs.tsv --teacher short.npy short.npy --out x.enc").fails().says("short.npy: 1 row for 6 pairs");
    scene.run("encode a.es --lang es --to s.npy").ok();
    scene.run("train encoder pairs.tsv --teacher s.npy s.npy --dimensions 200 --out x.enc").fails().says("148 numbers");
    scene.run("train encoder pairs.tsv --dimensions 7 --out x.enc").fails().says("must be even");
    assert!(!scene.path("x.enc").exists() && !scene.path("x.npy").exists());
}
