//! Vectors of the segments of one side, as one table. Where they come from, the encoder or a file, does not matter here.

/// One vector a row, all of the same length.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    dimensions: usize,
    values: Vec<f32>,
}

impl Vectors {
    /// A table from its values, row by row; `None` if they do not fill whole rows.
    pub fn new(dimensions: usize, values: Vec<f32>) -> Option<Vectors> {
        (dimensions > 0 && values.len().is_multiple_of(dimensions)).then_some(Vectors { dimensions, values })
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.dimensions
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The vector of row `n`.
    pub fn row(&self, n: usize) -> &[f32] {
        &self.values[n * self.dimensions..(n + 1) * self.dimensions]
    }

    /// All values, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_do_not_fill_whole_rows_are_no_table() {
        assert_eq!(Vectors::new(2, vec![0.0; 3]), None);
        assert_eq!(Vectors::new(0, Vec::new()), None);
        let table = Vectors::new(2, vec![1.0, 2.0, 3.0, 4.0]).expect("two rows");
        assert_eq!((table.len(), table.row(1)), (2, [3.0, 4.0].as_slice()));
    }
}
