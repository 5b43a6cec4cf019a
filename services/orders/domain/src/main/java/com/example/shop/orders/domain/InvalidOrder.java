package com.example.shop.orders.domain;

/** This cannot be ordered; the message says why, for people. */
public class InvalidOrder extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidOrder(String message) {
    super(message);
  }
}
