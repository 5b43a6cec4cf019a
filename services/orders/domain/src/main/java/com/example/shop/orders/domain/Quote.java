package com.example.shop.orders.domain;

import java.util.List;

/** The prices of an order, its lines in the order in which they were asked about. */
public record Quote(List<Line> lines, Totals totals) {
  /** The price of one line. */
  public record Line(String productId, int quantity, Money unitPrice, Money total) {}
}
