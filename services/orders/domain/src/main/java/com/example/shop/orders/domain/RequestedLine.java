package com.example.shop.orders.domain;

/** So many pieces of a product, at the catalogue's price. */
public record RequestedLine(String productId, String name, Money unitPrice, int quantity) {
  public RequestedLine {
    if (productId == null || productId.isBlank() || name == null || unitPrice == null) {
      throw new InvalidOrder("a line lacks its product, name or price");
    }
    if (quantity < 1) {
      throw new InvalidOrder("the quantity of \"" + productId + "\" is not positive");
    }
  }
}
