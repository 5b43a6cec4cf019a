const WHOLE: u32 = 10_000;

/// A share of something, exact to a hundredth of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    basis_points: u32,
}

impl Rate {
    pub const fn percent(percent: u16) -> Self {
        Self::basis_points(percent as u32 * 100)
    }

    /// Hundredths of a percent.
    pub const fn basis_points(basis_points: u32) -> Self {
        Self { basis_points }
    }

    /// This share of an amount; nothing if it does not fit.
    pub(crate) fn of(self, amount: i64) -> Option<i64> {
        divide(i128::from(amount) * i128::from(self.basis_points), WHOLE.into())
    }

    /// The part of an amount that was added to it at this rate.
    pub(crate) fn included_in(self, amount: i64) -> Option<i64> {
        let with_rate = i128::from(WHOLE) + i128::from(self.basis_points);
        divide(i128::from(amount) * i128::from(self.basis_points), with_rate)
    }
}

/// Divides by something positive and rounds a half to the even neighbour.
fn divide(dividend: i128, divisor: i128) -> Option<i64> {
    let below = dividend.div_euclid(divisor);
    let twice_rest = dividend.rem_euclid(divisor) * 2;
    let is_up = twice_rest > divisor || (twice_rest == divisor && below % 2 != 0);
    i64::try_from(below + i128::from(is_up)).ok()
}
