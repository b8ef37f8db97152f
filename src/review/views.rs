//! The lists of units that the page looks at: fixed when asked for, so that no row vanishes under the reviewer when its state changes.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use super::refusal::{Answer, Refusal};

/// Lists kept at the most, and of these the newest that are kept in any case, while all together have more than so many units of four bytes each.
const KEPT: usize = 16;
const KEPT_ANYWAY: usize = 4;
const UNITS: usize = 6_000_000;

/// A list of units.
pub(super) struct View {
    /// Their numbers in the store, in the list's order.
    pub(super) units: Vec<u32>,
    /// The filter that chose them, as JSON.
    pub(super) filter: String,
    /// The ids of the units that the reviewer was last given as a sample of it.
    pub(super) sample: Mutex<Vec<String>>,
}

impl View {
    /// The place of a unit in the list.
    pub(super) fn place(&self, number: i64) -> Option<usize> {
        self.units.iter().position(|unit| i64::from(*unit) == number)
    }
}

/// The lists of this run, the newest last.
#[derive(Default)]
pub(super) struct Views {
    made: u64,
    order: VecDeque<String>,
    lists: HashMap<String, Arc<View>>,
}

impl Views {
    /// Keeps a list and gives it a name; the oldest is forgotten when there are too many.
    pub(super) fn keep(&mut self, view: View) -> String {
        self.made += 1;
        let name = format!("v{}", self.made);
        self.order.push_back(name.clone());
        self.lists.insert(name.clone(), Arc::new(view));
        while self.order.len() > KEPT || (self.order.len() > KEPT_ANYWAY && self.units() > UNITS) {
            let oldest = self.order.pop_front();
            oldest.and_then(|oldest| self.lists.remove(&oldest));
        }
        name
    }

    /// The length of all lists together.
    fn units(&self) -> usize {
        self.lists.values().map(|view| view.units.len()).sum()
    }

    /// The list of that name.
    pub(super) fn get(&self, name: &str) -> Answer<Arc<View>> {
        let unknown = || Refusal::not_found(format!("there is no view `{name}`")).hint("ask for it again: POST /api/view");
        self.lists.get(name).cloned().ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_list_is_forgotten() {
        let mut views = Views::default();
        for n in 0..=KEPT {
            views.keep(View { units: vec![n as u32], filter: String::new(), sample: Mutex::default() });
        }
        assert!(views.get("v1").is_err());
        assert_eq!(views.get("v2").map(|view| view.place(1)).ok(), Some(Some(0)));
        views.keep(View { units: vec![0; UNITS], filter: String::new(), sample: Mutex::default() });
        assert_eq!((views.order.len(), views.get("v15").is_ok()), (KEPT_ANYWAY, true));
    }
}
