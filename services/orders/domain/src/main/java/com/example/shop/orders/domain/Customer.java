package com.example.shop.orders.domain;

/** Who orders. */
public record Customer(String name, String email) {
  public Customer {
    if (name == null || name.isBlank()) {
      throw new InvalidOrder("the customer has no name");
    }
    if (email == null || !email.matches("[^@\\s]+@[^@\\s]+")) {
      throw new InvalidOrder("\"" + email + "\" is no e-mail address");
    }
  }
}
