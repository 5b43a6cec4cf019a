package com.example.shop.orders.domain;

/** An exact amount, in the currency's smallest unit: 4250 EUR are 42.50 €. */
public record Money(long amount, String currency) {
  public Money {
    if (currency == null || !currency.matches("[A-Z]{3}")) {
      throw new InvalidOrder("\"" + currency + "\" is not an ISO 4217 code");
    }
  }
}
