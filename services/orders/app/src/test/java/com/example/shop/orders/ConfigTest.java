package com.example.shop.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {
  @Test
  void withoutVariablesTheNeighboursAreHostsOfTheirNames() throws Exception {
    var defaults =
        new Config(8080, "http://pricing:8080", "http://notifications:8080", Duration.ofSeconds(1));
    assertEquals(defaults, Config.read(Map.of()));
    assertEquals(defaults, Config.read(Map.of("PORT", "", "PRICING_URL", "")));
  }

  @Test
  void variablesAreTaken() throws Exception {
    var config = Config.read(Map.of("PORT", "9000", "PRICING_URL", "https://shop.example/p/"));
    assertEquals(9000, config.port());
    assertEquals("https://shop.example/p", config.pricingUrl());
  }

  @Test
  void everyWrongVariableIsNamed() {
    var env = Map.of("PORT", "70000", "PRICING_URL", "pricing:8080", "SERVICE_TIMEOUT_MS", "soon");
    var message = assertThrows(Config.Invalid.class, () -> Config.read(env)).getMessage();
    for (var part : List.of("PORT", "70000", "PRICING_URL", "pricing:8080", "SERVICE_TIMEOUT_MS", "soon")) {
      assertTrue(message.contains(part), message);
    }
  }
}
