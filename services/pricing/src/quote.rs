use std::fmt;

use money::{Money, MoneyError, Rate};
use serde::{Deserialize, Serialize};

use crate::coupons;

/// Value-added tax, which prices include.
const TAX: Rate = Rate::percent(19);
/// From so many pieces of one product on, each is cheaper by this.
const VOLUME: u32 = 5;
const VOLUME_DISCOUNT: Rate = Rate::percent(5);
/// What shipping costs, and from which price of the products on it is free. In the basket's currency.
const SHIPPING: i64 = 490;
const FREE_SHIPPING: i64 = 7_500;

/// A basket with the prices of its products.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Basket {
    pub lines: Vec<BasketLine>,
    pub coupon: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BasketLine {
    pub product_id: String,
    pub quantity: u32,
    pub unit_price: Money,
}

/// What a basket comes to, line by line and as a whole.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    pub lines: Vec<QuoteLine>,
    pub totals: Totals,
}

/// The price of one line before discounts.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuoteLine {
    pub product_id: String,
    pub quantity: u32,
    pub unit_price: Money,
    pub total: Money,
}

/// total = subtotal − discount + shipping; the tax is in the total.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub subtotal: Money,
    pub discount: Money,
    pub shipping: Money,
    pub total: Money,
    pub tax: Money,
}

/// Why a basket has no price.
#[derive(Debug, PartialEq, Eq)]
pub enum QuoteError {
    Empty,
    /// Of this product there are none, or its price is below nothing.
    WrongLine(String),
    UnknownCoupon(String),
    Money(MoneyError),
}

/// Says what a basket comes to. Volume discounts come off first, then the coupon, then shipping is added.
pub fn quote(basket: Basket) -> Result<Quote, QuoteError> {
    let currency = match basket.lines.first() {
        Some(line) => line.unit_price.currency(),
        None => return Err(QuoteError::Empty),
    };
    let coupon = match basket.coupon {
        Some(code) => Some(coupons::discount(&code).ok_or(QuoteError::UnknownCoupon(code))?),
        None => None,
    };

    let mut subtotal = Money::zero(currency);
    let mut discount = Money::zero(currency);
    let mut lines = Vec::with_capacity(basket.lines.len());
    for line in basket.lines {
        let line = price(line)?;
        subtotal = subtotal.plus(line.total)?;
        if line.quantity >= VOLUME {
            discount = discount.plus(line.total.share(VOLUME_DISCOUNT)?)?;
        }
        lines.push(line);
    }
    if let Some(rate) = coupon {
        discount = discount.plus(subtotal.minus(discount)?.share(rate)?)?;
    }

    let products = subtotal.minus(discount)?;
    let is_free = products.amount() >= FREE_SHIPPING;
    let shipping = Money::new(if is_free { 0 } else { SHIPPING }, currency);
    let total = products.plus(shipping)?;
    let tax = total.included(TAX)?;
    Ok(Quote {
        lines,
        totals: Totals {
            subtotal,
            discount,
            shipping,
            total,
            tax,
        },
    })
}

fn price(line: BasketLine) -> Result<QuoteLine, QuoteError> {
    let BasketLine {
        product_id,
        quantity,
        unit_price,
    } = line;
    if quantity == 0 || unit_price.amount() < 0 {
        return Err(QuoteError::WrongLine(product_id));
    }
    let total = unit_price.times(quantity)?;
    Ok(QuoteLine {
        product_id,
        quantity,
        unit_price,
        total,
    })
}

impl From<MoneyError> for QuoteError {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the basket is empty"),
            Self::WrongLine(id) => write!(f, "the line of {id:?} has no sound quantity or price"),
            Self::UnknownCoupon(code) => write!(f, "there is no coupon {code}"),
            Self::Money(error) => error.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(amount: i64) -> Money {
        Money::new(amount, "EUR".parse().unwrap())
    }

    fn line(quantity: u32, price: i64) -> BasketLine {
        BasketLine {
            product_id: "rope".to_owned(),
            quantity,
            unit_price: eur(price),
        }
    }

    fn totals(lines: Vec<BasketLine>, coupon: Option<&str>) -> Totals {
        let coupon = coupon.map(str::to_owned);
        quote(Basket { lines, coupon }).unwrap().totals
    }

    #[test]
    fn a_small_basket_pays_shipping() {
        let quote = totals(vec![line(1, 1_195), line(2, 1_890)], None);
        let want = Totals {
            subtotal: eur(4_975),
            discount: eur(0),
            shipping: eur(490),
            total: eur(5_465),
            tax: eur(873), // 872.56
        };
        assert_eq!(quote, want);
    }

    #[test]
    fn shipping_is_free_from_75_euros_on() {
        assert_eq!(totals(vec![line(1, 7_499)], None).shipping, eur(490));
        assert_eq!(totals(vec![line(1, 7_500)], None).shipping, eur(0));
    }

    #[test]
    fn five_of_a_product_are_cheaper() {
        assert_eq!(totals(vec![line(4, 1_000)], None).discount, eur(0));
        assert_eq!(totals(vec![line(5, 1_000)], None).discount, eur(250));
    }

    #[test]
    fn a_coupon_counts_after_the_volume_discount_and_before_shipping() {
        let quote = totals(vec![line(5, 1_600)], Some("AHOY10"));
        assert_eq!(quote.discount, eur(400 + 760));
        assert_eq!(quote.shipping, eur(490));
        assert_eq!(quote.total, eur(8_000 - 1_160 + 490));
    }

    #[test]
    fn what_has_no_price_is_refused() {
        let refused = |lines, coupon| quote(Basket { lines, coupon }).unwrap_err();
        let wrong = QuoteError::WrongLine("rope".to_owned());
        assert_eq!(refused(vec![], None), QuoteError::Empty);
        assert_eq!(refused(vec![line(0, 1)], None), wrong);
        assert_eq!(refused(vec![line(1, -1)], None), wrong);
        assert_eq!(
            refused(vec![line(1, 1)], Some("GRATIS".to_owned())),
            QuoteError::UnknownCoupon("GRATIS".to_owned())
        );
        assert_eq!(
            refused(vec![line(2, i64::MAX)], None),
            QuoteError::Money(MoneyError::TooLarge)
        );
    }
}
