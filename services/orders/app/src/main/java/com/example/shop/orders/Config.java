package com.example.shop.orders;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the service can be told from outside; its log level is logback's to read. */
record Config(int port, String pricingUrl, String notificationsUrl, Duration timeout) {

  /** Every variable that is wrong, one line each. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    private Invalid(List<String> problems) {
      super(String.join("\n", problems));
    }
  }

  /** Takes the settings from environment variables; an unset or empty one means its default. */
  static Config read(Map<String, String> env) throws Invalid {
    var problems = new ArrayList<String>();
    var port = number(env, "PORT", 8080, 65_535, problems);
    var pricing = url(env, "PRICING_URL", "http://pricing:8080", problems);
    var notifications = url(env, "NOTIFICATIONS_URL", "http://notifications:8080", problems);
    var timeout = number(env, "SERVICE_TIMEOUT_MS", 1_000, 60_000, problems);
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new Config(port, pricing, notifications, Duration.ofMillis(timeout));
  }

  private static int number(
      Map<String, String> env, String name, int otherwise, int most, List<String> problems) {
    var text = env.getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      var number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    problems.add("%s: \"%s\" is not a number from 1 to %d".formatted(name, text, most));
    return otherwise;
  }

  private static String url(Map<String, String> env, String name, String otherwise, List<String> problems) {
    var text = env.getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      var uri = URI.create(text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return text.replaceAll("/+$", "");
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    problems.add("%s: \"%s\" is no http or https address".formatted(name, text));
    return otherwise;
  }
}
