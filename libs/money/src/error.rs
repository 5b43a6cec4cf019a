use std::error::Error;
use std::fmt;

use crate::Currency;

/// Why there is no exact amount to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Amounts of two currencies cannot be added.
    MixedCurrencies(Currency, Currency),
    /// The result is beyond what an amount can be.
    TooLarge,
    /// This is not a currency's code.
    NoCurrency(String),
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MixedCurrencies(one, other) => write!(f, "{one} and {other} cannot be added"),
            Self::TooLarge => f.write_str("the amount is too large"),
            Self::NoCurrency(text) => write!(f, "{text:?} is not an ISO 4217 code"),
        }
    }
}

impl Error for MoneyError {}
