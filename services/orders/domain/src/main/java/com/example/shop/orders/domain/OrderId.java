package com.example.shop.orders.domain;

import java.util.random.RandomGenerator;

/** A number that people can read to each other: no letter looks or sounds like another sign. */
public record OrderId(String value) {
  private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final int LENGTH = 10;

  /** A new id; with a secure generator nobody guesses another's. */
  public static OrderId random(RandomGenerator random) {
    var text = new StringBuilder(LENGTH + 1);
    for (int i = 0; i < LENGTH; i++) {
      if (i == LENGTH / 2) {
        text.append('-');
      }
      text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return new OrderId(text.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
