//! Exact amounts of money. An amount is a whole number of a currency's smallest unit, so nothing is ever lost in a
//! float; what does not fit or does not match is an error and never a wrong sum.

mod currency;
mod error;
mod rate;

pub use currency::Currency;
pub use error::MoneyError;
pub use rate::Rate;

use std::fmt;

use serde::{Deserialize, Serialize};

/// An exact amount in one currency. As JSON it is `{"amount": 4250, "currency": "EUR"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    /// So many of the currency's smallest unit: 4250 EUR are 42.50 €.
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// In the currency's smallest unit.
    pub const fn amount(self) -> i64 {
        self.amount
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, if both are of one currency.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.amount.checked_add(other.amount))
    }

    /// The difference, if both are of one currency.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.amount.checked_sub(other.amount))
    }

    /// So many times the amount.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        self.with(self.amount.checked_mul(i64::from(count)))
    }

    /// This share of the amount; a half is rounded to the even neighbour, so that many roundings do not add up.
    pub fn share(self, rate: Rate) -> Result<Self, MoneyError> {
        self.with(rate.of(self.amount))
    }

    /// What an amount that includes this rate on top has of it: 19 % in 119 are 19.
    pub fn included(self, rate: Rate) -> Result<Self, MoneyError> {
        self.with(rate.included_in(self.amount))
    }

    fn with(self, amount: Option<i64>) -> Result<Self, MoneyError> {
        let amount = amount.ok_or(MoneyError::TooLarge)?;
        Ok(Self { amount, ..self })
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::MixedCurrencies(self.currency, other.currency))
    }
}

/// As people write it: `42.50 EUR`, `500 JPY`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.currency.decimal_places();
        let sign = if self.amount < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.amount.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let point = if places > 0 { "." } else { "" };
        write!(f, "{sign}{whole}{point}{fraction} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(amount: i64) -> Money {
        Money::new(amount, "EUR".parse().unwrap())
    }

    fn jpy(amount: i64) -> Money {
        Money::new(amount, "JPY".parse().unwrap())
    }

    #[test]
    fn sums_are_exact() {
        let sum = (0..1000).try_fold(eur(0), |sum, _| sum.plus(eur(10)));
        assert_eq!(sum, Ok(eur(10_000)));
        assert_eq!(eur(100).minus(eur(250)), Ok(eur(-150)));
        assert_eq!(eur(1195).times(3), Ok(eur(3585)));
    }

    #[test]
    fn currencies_are_not_mixed() {
        let euros = eur(1).currency();
        let yen = jpy(1).currency();
        assert_eq!(eur(1).plus(jpy(1)), Err(MoneyError::MixedCurrencies(euros, yen)));
        assert_eq!(jpy(1).minus(eur(1)), Err(MoneyError::MixedCurrencies(yen, euros)));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert_eq!(eur(i64::MAX).plus(eur(1)), Err(MoneyError::TooLarge));
        assert_eq!(eur(i64::MAX).times(2), Err(MoneyError::TooLarge));
        assert_eq!(eur(i64::MAX).share(Rate::percent(200)), Err(MoneyError::TooLarge));
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let half = Rate::percent(50);
        assert_eq!(eur(1).share(half), Ok(eur(0)));
        assert_eq!(eur(3).share(half), Ok(eur(2)));
        assert_eq!(eur(5).share(half), Ok(eur(2)));
        assert_eq!(eur(-3).share(half), Ok(eur(-2)));
    }

    #[test]
    fn a_share_is_rounded_to_the_nearest() {
        assert_eq!(eur(4250).share(Rate::percent(10)), Ok(eur(425)));
        assert_eq!(eur(1195).share(Rate::percent(5)), Ok(eur(60))); // 59.75
        assert_eq!(eur(333).share(Rate::basis_points(1)), Ok(eur(0)));
    }

    #[test]
    fn an_included_tax_is_taken_out_of_the_whole() {
        assert_eq!(eur(11_900).included(Rate::percent(19)), Ok(eur(1_900)));
        assert_eq!(eur(8_500).included(Rate::percent(19)), Ok(eur(1_357))); // 1357.14
        assert_eq!(eur(0).included(Rate::percent(19)), Ok(eur(0)));
    }

    #[test]
    fn people_can_read_it() {
        let cases = [
            (eur(4250), "42.50 EUR"),
            (eur(5), "0.05 EUR"),
            (eur(-5), "-0.05 EUR"),
            (jpy(500), "500 JPY"),
        ];
        for (money, text) in cases {
            assert_eq!(money.to_string(), text);
        }
    }

    #[test]
    fn json_is_read_and_written() {
        let text = r#"{"amount":4250,"currency":"EUR"}"#;
        assert_eq!(serde_json::from_str::<Money>(text).unwrap(), eur(4250));
        assert_eq!(serde_json::to_string(&eur(4250)).unwrap(), text);
    }

    #[test]
    fn json_that_is_no_exact_money_is_refused() {
        for text in [
            r#"{"amount":42.5,"currency":"EUR"}"#,
            r#"{"amount":1,"currency":"euro"}"#,
            r#"{"amount":1}"#,
        ] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
    }
}
