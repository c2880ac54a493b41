//! Strings by field.

use super::Field;

/// Strings by field, in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    /// Which fields there are: bit by bit, in their order.
    fields: u64,
    /// Their strings.
    texts: Vec<String>,
}

const _: () = assert!(Field::ALL.len() <= 64, "every field has a bit");

impl Values {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self { fields: 0, texts: Vec::new() }
    }

    fn bit(field: Field) -> u64 {
        1 << field as u32
    }

    /// Where the string of a field stands, or would stand.
    fn place(&self, field: Field) -> usize {
        (self.fields & (Self::bit(field) - 1)).count_ones() as usize
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields == 0
    }

    /// Whether there is a field.
    #[must_use]
    pub fn contains_key(&self, field: &Field) -> bool {
        self.fields & Self::bit(*field) != 0
    }

    /// The string of a field.
    #[must_use]
    pub fn get(&self, field: &Field) -> Option<&String> {
        if self.contains_key(field) { self.texts.get(self.place(*field)) } else { None }
    }

    /// The string of a field, to be changed.
    pub fn get_mut(&mut self, field: &Field) -> Option<&mut String> {
        let at = self.place(*field);
        if self.contains_key(field) { self.texts.get_mut(at) } else { None }
    }

    /// Sets the string of a field; gives back the one before.
    pub fn insert(&mut self, field: Field, value: String) -> Option<String> {
        if let Some(known) = self.get_mut(&field) {
            return Some(std::mem::replace(known, value));
        }
        self.texts.insert(self.place(field), value);
        self.fields |= Self::bit(field);
        None
    }

    /// Takes a field away.
    pub fn remove(&mut self, field: &Field) -> Option<String> {
        let is_there = self.contains_key(field);
        self.fields &= !Self::bit(*field);
        is_there.then(|| self.texts.remove(self.place(*field)))
    }

    /// The string of a field, which is made where there is none.
    pub fn get_or_insert_with(&mut self, field: Field, value: impl FnOnce() -> String) -> &mut String {
        if !self.contains_key(&field) {
            self.insert(field, value());
        }
        let at = self.place(field);
        &mut self.texts[at]
    }

    /// All fields with their strings.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Field, &String)> {
        fields(self.fields).zip(&self.texts)
    }

    /// All strings.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.texts.iter()
    }
}

/// The fields of some bits, in their order.
fn fields(mut bits: u64) -> impl Iterator<Item = &'static Field> {
    std::iter::from_fn(move || {
        let field = Field::ALL.get(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(field)
    })
}

impl IntoIterator for Values {
    type Item = (Field, String);
    type IntoIter = std::vec::IntoIter<(Field, String)>;

    fn into_iter(self) -> Self::IntoIter {
        fields(self.fields).copied().zip(self.texts).collect::<Vec<_>>().into_iter()
    }
}

impl Extend<(Field, String)> for Values {
    fn extend<T: IntoIterator<Item = (Field, String)>>(&mut self, values: T) {
        values.into_iter().for_each(|(field, value)| drop(self.insert(field, value)));
    }
}

impl FromIterator<(Field, String)> for Values {
    fn from_iter<T: IntoIterator<Item = (Field, String)>>(values: T) -> Self {
        let mut all = Self::new();
        all.extend(values);
        all
    }
}

impl<const N: usize> From<[(Field, String); N]> for Values {
    fn from(values: [(Field, String); N]) -> Self {
        values.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_field_has_its_own_bit_in_order() {
        for (at, field) in Field::ALL.iter().enumerate() {
            assert_eq!(*field as usize, at);
        }
    }

    proptest! {
        #[test]
        fn values_are_as_in_a_map(steps in proptest::collection::vec((0..Field::ALL.len(), 0..4_u8, "[a-c]{0,2}"), 0..60)) {
            let (mut values, mut map) = (Values::new(), BTreeMap::new());
            for (at, what, text) in steps {
                let field = Field::ALL[at];
                match what {
                    0 | 1 => prop_assert_eq!(values.insert(field, text.clone()), map.insert(field, text)),
                    2 => prop_assert_eq!(values.remove(&field), map.remove(&field)),
                    _ => {
                        values.get_or_insert_with(field, || text.clone()).push('+');
                        map.entry(field).or_insert(text).push('+');
                    }
                }
                prop_assert_eq!(values.get(&field), map.get(&field));
                prop_assert_eq!((values.is_empty(), values.contains_key(&field)), (map.is_empty(), map.contains_key(&field)));
            }
            prop_assert!(values.iter().map(|(field, text)| (*field, text.clone())).eq(map.clone()));
            prop_assert!(values.values().eq(map.values()));
            prop_assert!(values.clone().into_iter().eq(map.clone()));
            prop_assert_eq!(values, map.into_iter().collect::<Values>());
        }
    }
}
