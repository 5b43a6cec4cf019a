use money::Rate;

/// What a coupon takes off the products' price; nothing for a coupon that was never given out.
pub fn discount(coupon: &str) -> Option<Rate> {
    match coupon {
        "AHOY10" => Some(Rate::percent(10)),
        "LANDFALL5" => Some(Rate::percent(5)),
        _ => None,
    }
}
