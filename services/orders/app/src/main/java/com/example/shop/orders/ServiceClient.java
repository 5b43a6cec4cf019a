package com.example.shop.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one neighbour over HTTP. */
final class ServiceClient {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceClient.class);

  private final HttpClient http;
  private final String name;
  private final String url;
  private final Duration timeout;

  ServiceClient(HttpClient http, String name, String url, Duration timeout) {
    this.http = http;
    this.name = name;
    this.url = url;
    this.timeout = timeout;
  }

  /**
   * POSTs a body and reads the answer. Throws a {@link Refusal}: the neighbour's own where it is about what was asked,
   * else one that says that this neighbour is down.
   */
  <T> T post(String path, Object body, Class<T> answer) {
    var response = send(path, body);
    var status = response.statusCode();
    try {
      if (status / 100 == 2) {
        return Json.MAPPER.readValue(response.body(), answer);
      }
      if (status / 100 == 4) {
        throw new Refusal(status, Json.MAPPER.readValue(response.body(), Problem.class));
      }
    } catch (JsonProcessingException e) {
      throw down("bad_answer", e.getOriginalMessage());
    }
    throw down("bad_answer", "status " + status);
  }

  private HttpResponse<String> send(String path, Object body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url + path))
              .timeout(timeout)
              .header("content-type", "application/json")
              .header("accept", "application/json")
              .header(RequestLog.HEADER, RequestLog.id())
              .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)))
              .build();
      return http.send(request, BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw down("timeout", e.toString());
    } catch (IOException e) {
      throw down("unreachable", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw down("unreachable", e.toString());
    }
  }

  private Refusal down(String reason, String detail) {
    LOG.atWarn()
        .addKeyValue("service", name)
        .addKeyValue("reason", reason)
        .addKeyValue("detail", detail)
        .log("no answer");
    return Refusal.down(name, reason);
  }
}
