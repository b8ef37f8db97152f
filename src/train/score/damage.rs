//! Bad pairs made from good ones, and good ones in other dress: what a score learns from. Each kind of damage is one that parallel corpora are
//! full of. Random but the same on every run.

use unicode_normalization::UnicodeNormalization;

use super::super::random::Random;
use crate::text::words::words;

/// Source and target.
pub type Texts = (String, String);

/// What is done to a good pair.
#[derive(Debug, Clone, Copy)]
pub struct Damage {
    /// Its name.
    pub name: &'static str,
    /// How many parts of all examples it makes up.
    pub share: usize,
    /// Whether what comes out is still a translation.
    pub is_good: bool,
    /// Makes an example from pair `n` of a text whose pairs follow each other; none where it cannot be done.
    make: fn(&Corpus<'_>, usize, &mut Random) -> Option<Texts>,
}

/// Good pairs in the order of their texts.
pub struct Corpus<'a> {
    /// Source and target of each.
    pub pairs: &'a [Texts],
    /// Places of the pairs, rising with the length of the source.
    by_length: Vec<u32>,
    /// The rank of each pair in `by_length`.
    rank: Vec<u32>,
    /// Capitalised words from within segments.
    names: Vec<&'a str>,
}

/// Every kind, good ones first. Shares of good and of bad examples are about equal.
pub static KINDS: &[Damage] = &[
    Damage { name: "as-it-is", share: 70, is_good: true, make: |corpus, n, _| Some(corpus.pairs[n].clone()) },
    Damage {
        name: "merged",
        share: 12,
        is_good: true,
        make: |corpus, n, _| {
            let (a, b) = corpus.following(n)?;
            Some((format!("{} {}", a.0, b.0), format!("{} {}", a.1, b.1)))
        },
    },
    Damage {
        name: "capitals",
        share: 4,
        is_good: true,
        make: |corpus, n, _| Some((corpus.pairs[n].0.to_uppercase(), corpus.pairs[n].1.to_uppercase())),
    },
    Damage {
        name: "decomposed",
        share: 3,
        is_good: true,
        make: |corpus, n, _| Some((corpus.pairs[n].0.nfd().collect(), corpus.pairs[n].1.clone())),
    },
    Damage { name: "typography", share: 8, is_good: true, make: typography },
    Damage { name: "freely", share: 40, is_good: true, make: freely },
    Damage { name: "random", share: 8, is_good: false, make: random },
    Damage { name: "next", share: 10, is_good: false, make: next },
    Damage { name: "overlap", share: 9, is_good: false, make: overlap },
    Damage { name: "truncated", share: 9, is_good: false, make: truncated },
    Damage { name: "extra", share: 9, is_good: false, make: extra },
    Damage { name: "partly-untranslated", share: 6, is_good: false, make: partly_untranslated },
    Damage { name: "untranslated", share: 5, is_good: false, make: untranslated },
    Damage { name: "swapped", share: 3, is_good: false, make: |corpus, n, _| Some((corpus.pairs[n].1.clone(), corpus.pairs[n].0.clone())) },
    Damage { name: "number-changed", share: 4, is_good: false, make: number_changed },
    Damage { name: "number-dropped", share: 4, is_good: false, make: number_dropped },
    Damage { name: "magnitude", share: 4, is_good: false, make: magnitude },
    Damage { name: "negation", share: 7, is_good: false, make: negation },
    Damage { name: "name", share: 6, is_good: false, make: name },
    Damage { name: "word", share: 5, is_good: false, make: word },
    Damage { name: "repetition", share: 4, is_good: false, make: repetition },
    Damage { name: "markup", share: 4, is_good: false, make: markup },
    Damage { name: "mojibake", share: 4, is_good: false, make: mojibake },
    Damage { name: "garbage", share: 2, is_good: false, make: garbage },
    Damage { name: "boilerplate", share: 3, is_good: false, make: boilerplate },
];

/// Makes `count` examples, each with its kind; what a pair does not allow is tried on others.
pub fn examples(pairs: &[Texts], count: usize, seed: u64) -> Vec<(Texts, &'static Damage)> {
    let corpus = Corpus::new(pairs);
    let mut random = Random(seed);
    let all: usize = KINDS.iter().map(|kind| kind.share).sum();
    let mut examples = Vec::with_capacity(count);
    for kind in KINDS {
        let wanted = count * kind.share / all;
        // A kind that hardly any pair allows ends after twenty tries an example.
        let tries = (0..20 * wanted).filter_map(|_| {
            let n = random.below(pairs.len());
            (kind.make)(&corpus, n, &mut random).filter(|made| kind.is_good || *made != pairs[n])
        });
        examples.extend(tries.take(wanted).map(|made| (made, kind)));
    }
    examples
}

impl<'a> Corpus<'a> {
    fn new(pairs: &'a [Texts]) -> Corpus<'a> {
        let mut by_length: Vec<u32> = (0..pairs.len() as u32).collect();
        by_length.sort_by_key(|&n| pairs[n as usize].0.len());
        let mut rank = vec![0; pairs.len()];
        by_length.iter().enumerate().for_each(|(place, &n)| rank[n as usize] = place as u32);
        let names =
            pairs.iter().step_by(pairs.len().div_ceil(20_000).max(1)).flat_map(|pair| names(&pair.1)).map(|(_, name)| name).collect();
        Corpus { pairs, by_length, rank, names }
    }

    /// A pair and the one after it.
    fn following(&self, n: usize) -> Option<(&Texts, &Texts)> {
        Some((&self.pairs[n], self.pairs.get(n + 1)?))
    }

    /// Another pair of about the same length.
    fn like(&self, n: usize, random: &mut Random) -> &Texts {
        let place = self.rank[n] as usize;
        let from = place.saturating_sub(500);
        &self.pairs[self.by_length[from + random.below((place + 500).min(self.pairs.len()) - from)] as usize]
    }
}

/// One side of a pair is changed, either of them as often as the other.
fn on_one_side(pair: &Texts, random: &mut Random, change: impl FnOnce(&str, usize, &mut Random) -> Option<String>) -> Option<Texts> {
    let side = random.below(2);
    let changed = change([&pair.0, &pair.1][side], side, random)?;
    Some(if side == 0 { (changed, pair.1.clone()) } else { (pair.0.clone(), changed) })
}

fn typography(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        Some(match random.below(5) {
            0 => text.replace(['"', '“', '”'], "'"),
            1 => text.replace(['“', '”', '«', '»'], "\""),
            2 => text.replace(" - ", " – ").replace("...", "…"),
            3 => text.replacen(' ', "\u{a0}", 1 + random.below(3)),
            _ => text.trim_end_matches('.').to_string(),
        })
    })
}

/// Translators leave out a word here and there, and put other words in: a share of those that say something goes, none that denies, counts or names.
fn freely(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let words: Vec<&str> = text.split(' ').collect();
        let may_go = |word: &&str| {
            word.len() > 4
                && word.chars().all(char::is_lowercase)
                && !matches!(
                    *word,
                    "never"
                        | "nunca"
                        | "nadie"
                        | "cannot"
                        | "ningún"
                        | "ninguna"
                        | "jamás"
                        | "tampoco"
                        | "without"
                        | "nothing"
                        | "neither"
                        | "nobody"
                )
        };
        let droppable = words.iter().filter(|word| may_go(word)).count();
        if words.len() < 8 || droppable < 3 {
            return None;
        }
        let rate = 1.0 / droppable as f64 + 0.1 * share(random);
        let kept: Vec<&str> = words.iter().filter(|word| !may_go(word) || share(random) >= rate).copied().collect();
        (kept.len() < words.len()).then(|| kept.join(" "))
    })
}

fn random(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    let other = corpus.like(n, random);
    (other != &corpus.pairs[n]).then(|| (corpus.pairs[n].0.clone(), other.1.clone()))
}

fn next(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    let (a, b) = corpus.following(n)?;
    Some(if random.below(2) == 0 { (a.0.clone(), b.1.clone()) } else { (b.0.clone(), a.1.clone()) })
}

/// A window of the target that begins and ends half a sentence late.
fn overlap(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    let (a, b) = corpus.following(n)?;
    let side = random.below(2);
    let (first, second) = if side == 0 { (&a.1, &b.1) } else { (&a.0, &b.0) };
    let window = format!("{} {}", part(first, 0.35 + 0.3 * share(random), 1.0)?, part(second, 0.0, 0.35 + 0.3 * share(random))?);
    Some(if side == 0 { (a.0.clone(), window) } else { (window, a.1.clone()) })
}

fn truncated(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let kept = 0.25 + 0.5 * share(random);
        Some(if random.below(4) == 0 { part(text, 1.0 - kept, 1.0)? } else { part(text, 0.0, kept)? }.to_string())
    })
}

fn extra(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    let (a, b) = corpus.following(n)?;
    let side = random.below(2);
    let more = if random.below(3) == 0 { corpus.like(n, random) } else { b };
    let more = if side == 0 { &more.0 } else { &more.1 };
    on_side(a, side, |text| if random.below(4) == 0 { format!("{more} {text}") } else { format!("{text} {more}") })
}

fn on_side(pair: &Texts, side: usize, change: impl FnOnce(&str) -> String) -> Option<Texts> {
    Some(if side == 0 { (change(&pair.0), pair.1.clone()) } else { (pair.0.clone(), change(&pair.1)) })
}

fn partly_untranslated(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    let pair = &corpus.pairs[n];
    let (cut, side) = (0.3 + 0.4 * share(random), random.below(2));
    let (own, other) = if side == 0 { (&pair.0, &pair.1) } else { (&pair.1, &pair.0) };
    let mixed = if random.below(3) == 0 {
        format!("{} {}", part(other, 0.0, cut)?, part(own, cut, 1.0)?)
    } else {
        format!("{} {}", part(own, 0.0, cut)?, part(other, cut, 1.0)?)
    };
    on_side(pair, side, |_| mixed)
}

fn untranslated(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    let pair = &corpus.pairs[n];
    let text = if random.below(2) == 0 { &pair.0 } else { &pair.1 };
    // What is the same in both languages may be copied.
    (pair.0 != pair.1 && words(text).count() > 2).then(|| (text.clone(), text.clone()))
}

/// The runs of digits of a text.
fn digits(text: &str) -> Vec<std::ops::Range<usize>> {
    words(text).filter(|(_, word)| word.bytes().all(|b| b.is_ascii_digit())).map(|(at, word)| at..at + word.len()).collect()
}

fn number_changed(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let all = digits(text);
        let number = all.get(random.below(all.len()))?;
        let at = number.start + random.below(number.len());
        let old = text.as_bytes()[at] - b'0';
        let new = (old + 1 + random.below(8) as u8) % 10;
        Some(format!("{}{new}{}", &text[..at], &text[at + 1..]))
    })
}

fn number_dropped(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let all = digits(text);
        let number = all.get(random.below(all.len()))?;
        let end = text[number.end..].find(|c: char| c.is_alphabetic() || c.is_whitespace()).map_or(text.len(), |at| number.end + at);
        Some(format!("{}{}", text[..number.start].trim_end_matches(['$', '€', '£']).trim_end(), &text[end..]))
    })
}

fn magnitude(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    const SCALES: &[(&str, &str)] = &[
        (" mil millones", " millones"),
        (" millones", " mil millones"),
        (" millones", " billones"),
        (" mil ", " millones de "),
        (" billion", " million"),
        (" million", " billion"),
        (" million", " trillion"),
        (" thousand", " million"),
        (" hundred", " thousand"),
    ];
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let fitting: Vec<_> = SCALES.iter().filter(|(from, _)| text.contains(from)).collect();
        if !fitting.is_empty() && random.below(3) > 0 {
            let (from, to) = fitting[random.below(fitting.len())];
            return Some(text.replacen(from, to, 1));
        }
        let all = digits(text);
        let number = all.get(random.below(all.len()))?;
        let zeros = ["0", "00", "000"][random.below(3)];
        Some(format!("{}{zeros}{}", &text[..number.end], &text[number.end..]))
    })
}

fn negation(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    const SPANISH: &[(&str, &str)] = &[
        (" no ", " "),
        ("No ", ""),
        (" nunca ", " siempre "),
        (" nunca ", " "),
        (" ni ", " y "),
        (" sin ", " con "),
        (" tampoco ", " también "),
        (" ningún ", " un "),
        (" ninguna ", " una "),
        (" jamás ", " "),
        ("Nunca ", "Siempre "),
        (" nadie", " todos"),
        (" nada", " todo"),
    ];
    const ENGLISH: &[(&str, &str)] = &[
        (" not ", " "),
        ("n't ", " "),
        (" cannot ", " can "),
        (" never ", " "),
        (" never ", " always "),
        (" no ", " a "),
        (" no ", " "),
        ("No ", ""),
        (" nor ", " and "),
        (" without ", " with "),
        (" nothing", " everything"),
        (" nobody", " everybody"),
        (" none", " all"),
        ("Never ", "Always "),
        (" neither ", " both "),
    ];
    on_one_side(&corpus.pairs[n], random, |text, side, random| {
        let fitting: Vec<_> = [SPANISH, ENGLISH][side].iter().filter(|(from, _)| text.contains(from)).collect();
        let (from, to) = fitting.get(random.below(fitting.len()))?;
        Some(text.replacen(from, to, 1))
    })
}

/// Capitalised words that no sentence begins with.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_inside = |at: usize| text[..at].ends_with(' ') && !text[..at].trim_end().ends_with(['.', '!', '?', ':', '"', '-', '—']);
    words(text).filter(move |(at, word)| word.len() > 3 && *at > 0 && word.starts_with(char::is_uppercase) && is_inside(*at))
}

fn name(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let all: Vec<_> = names(text).collect();
        let (at, old) = all.get(random.below(all.len()))?;
        let new = corpus.names.get(random.below(corpus.names.len()))?;
        (new != old).then(|| format!("{}{new}{}", &text[..*at], &text[at + old.len()..]))
    })
}

/// A word of another segment in the place of one of some length.
fn word(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, side, random| {
        let is_content = |(_, word): &(usize, &str)| word.len() > 5 && word.chars().all(char::is_lowercase);
        let all: Vec<_> = words(text).filter(is_content).collect();
        let (at, old) = *all.get(random.below(all.len()))?;
        let other = corpus.like(random.below(corpus.pairs.len()), random);
        let others: Vec<_> = words([&other.0, &other.1][side]).filter(is_content).collect();
        let (_, new) = *others.get(random.below(others.len()))?;
        new.chars().take(2).ne(old.chars().take(2)).then(|| format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
    })
    .filter(|_| corpus.pairs[n].0.len() < 150)
}

fn repetition(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let words: Vec<&str> = text.split(' ').collect();
        let width = 1 + random.below(4.min(words.len()));
        let start = random.below(words.len() - width + 1);
        let looped = vec![words[start..start + width].join(" "); 3 + random.below(6)].join(" ");
        Some(format!("{} {looped} {}", words[..start].join(" "), words[start + width..].join(" ")).trim().to_string())
    })
}

fn markup(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    const BITS: &[&str] = &[
        "<br />",
        "<b>",
        "</p>",
        "<div class=\"text\">",
        "&nbsp;",
        "&amp;",
        "&quot;",
        "[[File:a.jpg|thumb]]",
        "{{cite web|url=}}",
        "{{cita}}",
        "http://www.example.com/p?id=3",
        "<a href=\"#\">",
        "[1]",
        "</span>",
        "\\n",
        "<!-- -->",
        "%s",
        "{0}",
        "|| ||",
        "''",
        "== ==",
    ];
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let bit = BITS[random.below(BITS.len())];
        let words: Vec<&str> = text.split(' ').collect();
        let at = [0, words.len(), random.below(words.len() + 1)][random.below(3)];
        Some([&words[..at], &[bit], &words[at..]].concat().join(" "))
    })
}

/// UTF-8 read as windows-1252, or letters with accents lost.
fn mojibake(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        let text = text.replace('"', "”").replace('\'', "’");
        let garbled = match random.below(3) {
            0 => text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect(),
            1 => text.chars().map(|c| if c.is_ascii() { c } else { '\u{fffd}' }).collect(),
            _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        };
        (!text.is_ascii()).then_some(garbled)
    })
}

fn garbage(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    on_one_side(&corpus.pairs[n], random, |text, _, random| {
        Some(match random.below(5) {
            0 => (0..3 + random.below(6)).map(|_| random.below(2000).to_string()).collect::<Vec<_>>().join(" | "),
            1 => ["-", "*", "=", "_", ".", "•"][random.below(6)].repeat(5 + random.below(40)),
            2 => (0..2 + random.below(5))
                .map(|_| "§ ¶ † ‡ ¤ ¦ ■ □ ● ◆".split(' ').nth(random.below(10)).unwrap_or("■"))
                .collect::<Vec<_>>()
                .join(" "),
            3 => (0..10 + random.below(30)).map(|_| char::from(b'a' + random.below(26) as u8)).collect(),
            _ => {
                let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
                random.shuffle(&mut letters);
                letters.into_iter().collect()
            }
        })
    })
}

fn boilerplate(corpus: &Corpus<'_>, n: usize, random: &mut Random) -> Option<Texts> {
    const SPANISH: &[&str] = &[
        "Leer más",
        "Compartir en redes",
        "Suscríbase a nuestro boletín",
        "Todos los derechos reservados",
        "Inicio | Noticias | Contacto",
        "Haga clic aquí",
        "Ver comentarios",
        "Publicidad",
        "Iniciar sesión",
        "Volver arriba",
        "Aviso legal y política de privacidad",
        "Noticias relacionadas",
        "Siguiente página",
        "Aceptar todas las cookies",
    ];
    const ENGLISH: &[&str] = &[
        "Read more",
        "Share this article",
        "Subscribe to our newsletter",
        "All rights reserved",
        "Home | News | Contact",
        "Click here",
        "View comments",
        "Advertisement",
        "Sign in",
        "Back to top",
        "Terms of use and privacy policy",
        "Related stories",
        "Next page",
        "Accept all cookies",
    ];
    on_one_side(&corpus.pairs[n], random, |text, side, random| {
        let all = [SPANISH, ENGLISH][side];
        let bit = all[random.below(all.len())];
        Some(match random.below(3) {
            0 => format!("{bit} {text}"),
            1 => format!("{text} {bit}"),
            _ => bit.to_string(),
        })
    })
}

/// The words from one share of a text to another; none if the text is too short to be cut.
fn part(text: &str, from: f64, to: f64) -> Option<&str> {
    let places: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    if places.len() < 4 {
        return None;
    }
    let n = places.len() + 1;
    let (first, last) = ((from * n as f64) as usize, ((to * n as f64) as usize).max(1));
    let start = if first == 0 { 0 } else { places[first.min(n - 1) - 1] + 1 };
    let end = if last >= n { text.len() } else { places[last - 1] };
    (start < end).then(|| &text[start..end])
}

/// A number from 0 to 1.
fn share(random: &mut Random) -> f64 {
    random.below(1001) as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> Vec<Texts> {
        (0..40)
            .map(|n| {
                (
                    format!("El ministro Pérez no llegó con {n}5 millones de canción a la ciudad de Bogotá, señor."),
                    format!("Minister Pérez did not arrive with {n}5 million of song in the city of Bogotá, “sir”."),
                )
            })
            .collect()
    }

    #[test]
    fn every_kind_can_be_made_and_changes_what_is_bad() {
        let pairs = pairs();
        let made = examples(&pairs, 4000, 1);
        for kind in KINDS {
            assert!(made.iter().any(|(_, of)| of.name == kind.name), "{}", kind.name);
        }
        assert!(made.iter().filter(|(_, kind)| !kind.is_good).all(|(texts, _)| !pairs.contains(texts)));
        assert_eq!(made.len(), examples(&pairs, 4000, 1).len());
    }

    #[test]
    fn parts_are_cut_at_words() {
        assert_eq!(part("one two three four five six", 0.0, 0.5), Some("one two three"));
        assert_eq!(part("one two three four five six", 0.5, 1.0), Some("four five six"));
        assert_eq!(part("one two", 0.0, 0.5), None);
    }
}
