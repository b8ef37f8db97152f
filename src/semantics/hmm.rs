//! A hidden Markov model of word order (Vogel, Ney & Tillmann 1996): how probable it is that each observed word comes from each word of
//! the other side, or from none, given what words emit. It knows no words: emissions come in as numbers.
//!
//! Words without a counterpart follow Och & Ney (2003): a null state remembers the position before it.

use std::ops::AddAssign;

/// Jumps farther than this are not told apart.
pub const REACH: usize = 7;

const BUCKETS: usize = 2 * REACH + 1;

/// How likely the counterpart of the next word lies so many positions after that of this one: a weight for each jump from −[`REACH`] to
/// [`REACH`]; the outer two stand for every single position that is farther away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jumps(pub [f64; BUCKETS]);

impl Default for Jumps {
    /// Those of Spanish and English, both directions together, as learned with the shipped lexicon: mostly one step forward, and one back
    /// where an adjective changes its place.
    fn default() -> Jumps {
        Jumps([0.0007, 0.0028, 0.0042, 0.0066, 0.013, 0.03, 0.06, 0.024, 0.561, 0.139, 0.054, 0.024, 0.012, 0.0067, 0.0007])
    }
}

/// What the words of one side say about one sentence pair: `states` words emit `null.len()` observed ones.
#[derive(Debug, Clone, Copy)]
pub struct Emissions<'a> {
    /// How many words emit.
    pub states: usize,
    /// The probability of each observed word given each state, observed word by observed word.
    pub links: &'a [f64],
    /// The probability of each observed word given no state.
    pub null: &'a [f64],
    /// The probability that a word has no counterpart, in (0, 1).
    pub unmatched: f64,
}

/// What is expected of one sentence pair.
#[derive(Debug, Clone, Default)]
pub struct Posteriors {
    /// The probability of each link, observed word by observed word.
    pub links: Vec<f64>,
    /// The probability that each observed word comes from none.
    pub null: Vec<f64>,
    /// The jumps expected.
    pub moves: Moves,
}

/// How often each jump is expected, and the chances there were to make it: for each probability of standing somewhere, the positions that the
/// jump leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moves {
    made: [f64; BUCKETS],
    chances: [f64; BUCKETS],
}

impl Moves {
    /// The weights of jumps that go with what is expected.
    pub fn jumps(&self) -> Jumps {
        /// Keeps a jump possible that was never seen.
        const SMOOTH: f64 = 1e-4;
        let mut weights = [0.0; BUCKETS];
        for (weight, (made, chances)) in weights.iter_mut().zip(self.made.iter().zip(&self.chances)) {
            *weight = (made + SMOOTH) / (chances + 1.0);
        }
        Jumps(weights)
    }
}

impl AddAssign for Moves {
    fn add_assign(&mut self, other: Moves) {
        for n in 0..BUCKETS {
            self.made[n] += other.made[n];
            self.chances[n] += other.chances[n];
        }
    }
}

/// The posteriors of a sentence pair by the forward–backward algorithm; time and memory are linear in `states` × observed words.
pub fn posteriors(emissions: &Emissions<'_>, jumps: &Jumps) -> Posteriors {
    let (states, observed) = (emissions.states, emissions.null.len());
    if states == 0 || observed == 0 {
        return Posteriors { null: vec![1.0; observed], ..Posteriors::default() };
    }
    let chain = Chain::new(emissions, jumps);
    let forward = chain.forward();
    chain.backward(&forward)
}

/// The same without word order (IBM Model 1): every state is as likely as any other.
pub fn unordered(emissions: &Emissions<'_>) -> Posteriors {
    let states = emissions.states;
    let each = (1.0 - emissions.unmatched) / states.max(1) as f64;
    let mut out = Posteriors { links: vec![0.0; emissions.links.len()], null: vec![0.0; emissions.null.len()], ..Posteriors::default() };
    for (n, null) in emissions.null.iter().enumerate() {
        let row = n * states..(n + 1) * states;
        let none = emissions.unmatched * null;
        let sum: f64 = none + each * emissions.links[row.clone()].iter().sum::<f64>();
        let scale = 1.0 / sum.max(f64::MIN_POSITIVE);
        out.null[n] = none * scale;
        for at in row {
            out.links[at] = each * emissions.links[at] * scale;
        }
    }
    out
}

struct Chain<'a> {
    emissions: &'a Emissions<'a>,
    jumps: &'a [f64; BUCKETS],
    /// One over the sum of the weights of all jumps from each state.
    norms: Vec<f64>,
}

/// The forward probabilities, scaled so that each step sums to one.
struct Forward {
    links: Vec<f64>,
    null: Vec<f64>,
    scales: Vec<f64>,
}

impl<'a> Chain<'a> {
    fn new(emissions: &'a Emissions<'a>, jumps: &'a Jumps) -> Chain<'a> {
        let mut chain = Chain { emissions, jumps: &jumps.0, norms: vec![1.0; emissions.states] };
        let ones = vec![1.0; emissions.states];
        let mut sums = vec![0.0; emissions.states];
        chain.pull(&ones, &mut sums);
        chain.norms = sums.iter().map(|sum| 1.0 / sum.max(f64::MIN_POSITIVE)).collect();
        chain
    }

    fn row(&self, n: usize) -> &[f64] {
        &self.emissions.links[n * self.emissions.states..(n + 1) * self.emissions.states]
    }

    /// `to[i']` = sum over i of `from[i]` × weight of the jump i' − i.
    fn push(&self, from: &[f64], to: &mut [f64]) {
        self.spread(from, to, |jump| self.jumps[jump]);
    }

    /// `to[i]` = sum over i' of `from[i']` × weight of the jump i' − i.
    fn pull(&self, from: &[f64], to: &mut [f64]) {
        self.spread(from, to, |jump| self.jumps[BUCKETS - 1 - jump]);
    }

    /// Near jumps one by one, far ones by running sums.
    fn spread(&self, from: &[f64], to: &mut [f64], weight: impl Fn(usize) -> f64) {
        let states = from.len();
        let (ahead, back) = (weight(BUCKETS - 1), weight(0));
        let mut before = 0.0;
        let mut after: f64 = from.iter().skip(REACH).sum();
        for here in 0..states {
            if here >= REACH {
                before += from[here - REACH];
            }
            let mut sum = before * ahead + after * back;
            if here + REACH < states {
                after -= from[here + REACH];
            }
            let low = here.saturating_sub(REACH - 1);
            let high = (here + REACH).min(states);
            for (there, value) in from[low..high].iter().enumerate() {
                sum += value * weight(here + REACH - (low + there));
            }
            to[here] = sum.max(0.0);
        }
    }

    fn forward(&self) -> Forward {
        let Emissions { states, null, unmatched, .. } = *self.emissions;
        let size = states * null.len();
        let mut forward = Forward { links: vec![0.0; size], null: vec![0.0; size], scales: Vec::with_capacity(null.len()) };
        // Before the first word stands a position before the first state.
        let mut stay: Vec<f64> = (0..states).map(|i| self.jumps[(REACH + 1 + i).min(BUCKETS - 1)]).collect();
        let sum: f64 = stay.iter().sum();
        stay.iter_mut().for_each(|value| *value /= sum.max(f64::MIN_POSITIVE));
        let mut moved = stay.clone();
        for (n, null) in null.iter().enumerate() {
            if n > 0 {
                let leaving: Vec<f64> = stay.iter().zip(&self.norms).map(|(value, norm)| value * norm).collect();
                self.push(&leaving, &mut moved);
            }
            let here = n * states..(n + 1) * states;
            let (links, nulls) = (&mut forward.links[here.clone()], &mut forward.null[here]);
            let mut scale = 0.0;
            for (i, emission) in self.row(n).iter().enumerate() {
                links[i] = moved[i] * (1.0 - unmatched) * emission;
                nulls[i] = stay[i] * unmatched * null;
                scale += links[i] + nulls[i];
            }
            let scale = scale.max(f64::MIN_POSITIVE);
            for i in 0..states {
                links[i] /= scale;
                nulls[i] /= scale;
                stay[i] = links[i] + nulls[i];
            }
            forward.scales.push(scale);
        }
        forward
    }

    fn backward(&self, forward: &Forward) -> Posteriors {
        let Emissions { states, null, unmatched, .. } = *self.emissions;
        let mut out = Posteriors { links: vec![0.0; states * null.len()], null: vec![0.0; null.len()], ..Posteriors::default() };
        let mut after = vec![1.0; states];
        let mut arriving = vec![0.0; states];
        let mut pulled = vec![0.0; states];
        for n in (0..null.len()).rev() {
            let here = n * states..(n + 1) * states;
            let (links, nulls) = (&forward.links[here.clone()], &forward.null[here.clone()]);
            for i in 0..states {
                out.links[n * states + i] = links[i] * after[i];
                out.null[n] += nulls[i] * after[i];
                arriving[i] = (1.0 - unmatched) * self.row(n)[i] * after[i] / forward.scales[n];
            }
            if n == 0 {
                break;
            }
            let before = (n - 1) * states..n * states;
            let stay: Vec<f64> =
                before.map(|at| forward.links[at] + forward.null[at]).zip(&self.norms).map(|(value, norm)| value * norm).collect();
            self.expect(&stay, &arriving, &mut out.moves.made);
            self.pull(&arriving, &mut pulled);
            let quiet = unmatched * null[n] / forward.scales[n];
            for i in 0..states {
                after[i] = pulled[i] * self.norms[i] + quiet * after[i];
            }
            let before = (n - 1) * states..n * states;
            let standing = before.map(|at| forward.links[at] + forward.null[at]).zip(&after).map(|(before, after)| before * after);
            count_chances(states, standing, &mut out.moves.chances);
        }
        out
    }

    /// Adds the expected number of jumps of each width between two steps.
    fn expect(&self, leaving: &[f64], arriving: &[f64], counts: &mut [f64; BUCKETS]) {
        let states = leaving.len();
        let mut before = 0.0;
        let mut after: f64 = leaving.iter().skip(REACH).sum();
        for here in 0..states {
            if here >= REACH {
                before += leaving[here - REACH];
            }
            counts[BUCKETS - 1] += before * self.jumps[BUCKETS - 1] * arriving[here];
            counts[0] += after * self.jumps[0] * arriving[here];
            if here + REACH < states {
                after -= leaving[here + REACH];
            }
            let low = here.saturating_sub(REACH - 1);
            for (there, leaving) in leaving[low..(here + REACH).min(states)].iter().enumerate() {
                let jump = here + REACH - (low + there);
                counts[jump] += leaving * self.jumps[jump] * arriving[here];
            }
        }
    }
}

/// Adds, for each jump, the probability of standing where it can be made, once for every position it leads to.
fn count_chances(states: usize, standing: impl Iterator<Item = f64>, chances: &mut [f64; BUCKETS]) {
    for (i, probability) in standing.enumerate() {
        chances[BUCKETS - 1] += probability * states.saturating_sub(i + REACH) as f64;
        chances[0] += probability * (i + 1).saturating_sub(REACH) as f64;
        for there in i.saturating_sub(REACH - 1)..(i + REACH).min(states) {
            chances[there + REACH - i] += probability;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(states: usize, links: &[f64], null: &[f64], jumps: &Jumps) -> Posteriors {
        posteriors(&Emissions { states, links, null, unmatched: 0.2 }, jumps)
    }

    /// The posteriors of two observed words by going through all paths.
    fn by_hand(states: usize, links: &[f64], null: &[f64], jumps: &Jumps) -> Vec<f64> {
        let weight = |from: i64, to: i64| jumps.0[(to - from + REACH as i64).clamp(0, BUCKETS as i64 - 1) as usize];
        let share = |from: i64, to: i64| weight(from, to) / (0..states as i64).map(|other| weight(from, other)).sum::<f64>();
        let mut sums = vec![0.0; links.len()];
        let mut total = 0.0;
        for path in 0..(2 * states) * (2 * states) {
            let (first, second) = (path / (2 * states), path % (2 * states));
            let (a, b) = ((first % states) as i64, (second % states) as i64);
            let mut probability = share(-1, a);
            probability *= if first < states { 0.8 * links[a as usize] } else { 0.2 * null[0] };
            probability *= match second < states {
                true => share(a, b) * 0.8 * links[states + b as usize],
                false if a == b => 0.2 * null[1],
                false => 0.0,
            };
            total += probability;
            sums[a as usize] += if first < states { probability } else { 0.0 };
            sums[states + b as usize] += if second < states { probability } else { 0.0 };
        }
        sums.iter().map(|sum| sum / total).collect()
    }

    #[test]
    fn posteriors_are_those_of_all_paths() {
        for states in [1, 2, 9, 20] {
            let links: Vec<f64> = (0..2 * states).map(|n| 0.01 + ((n * 7) % 5) as f64 / 10.0).collect();
            let found = run(states, &links, &[0.03, 0.2], &Jumps::default());
            for (found, expected) in found.links.iter().zip(by_hand(states, &links, &[0.03, 0.2], &Jumps::default())) {
                assert!((found - expected).abs() < 1e-9, "{states}: {found} {expected}");
            }
        }
    }

    #[test]
    fn each_word_has_one_origin_or_none_and_each_step_one_jump() {
        let links: Vec<f64> = (0..30 * 12).map(|n| 1e-6 + ((n * 31) % 17) as f64 / 20.0).collect();
        for found in [
            run(12, &links, &[0.05; 30], &Jumps::default()),
            unordered(&Emissions { states: 12, links: &links, null: &[0.05; 30], unmatched: 0.2 }),
        ] {
            for (row, null) in found.links.chunks(12).zip(&found.null) {
                assert!((row.iter().sum::<f64>() + null - 1.0).abs() < 1e-9);
            }
        }
        let found = run(12, &links, &[0.05; 30], &Jumps::default());
        let moved: f64 = found.moves.made.iter().sum();
        let quiet: f64 = found.null[1..].iter().sum();
        assert!((moved + quiet - 29.0).abs() < 1e-9, "{moved} {quiet}");
    }

    #[test]
    fn a_monotone_text_teaches_to_step_forward() {
        let links: Vec<f64> = (0..400).map(|n| if n / 20 == n % 20 { 0.9 } else { 0.001 }).collect();
        let jumps = run(20, &links, &[1e-4; 20], &Jumps::default()).moves.jumps();
        let likeliest = (0..BUCKETS).max_by(|a, b| jumps.0[*a].total_cmp(&jumps.0[*b]));
        assert_eq!(likeliest, Some(REACH + 1));
    }

    #[test]
    fn impossible_and_empty_sides_are_no_trouble() {
        assert_eq!(run(0, &[], &[0.1], &Jumps::default()).null, [1.0]);
        assert!(run(3, &[], &[], &Jumps::default()).links.is_empty());
        assert!(run(1, &[0.0, 0.0], &[0.0, 0.0], &Jumps::default()).links.iter().all(|p| p.is_finite()));
    }
}
