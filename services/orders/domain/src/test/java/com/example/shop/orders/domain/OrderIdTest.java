package com.example.shop.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderIdTest {
  @Test
  void idsAreReadableAndDiffer() {
    var random = new Random(1);
    var ids = Stream.generate(() -> OrderId.random(random)).limit(1000).collect(Collectors.toSet());
    assertEquals(1000, ids.size());
    assertTrue(
        ids.stream().allMatch(id -> id.value().matches("[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}")));
  }
}
