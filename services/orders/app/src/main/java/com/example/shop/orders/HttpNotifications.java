package com.example.shop.orders;

import com.example.shop.orders.domain.Notifications;
import com.example.shop.orders.domain.Order;
import com.fasterxml.jackson.databind.JsonNode;

/** The notifications service; when it is down, the log of the client has it. */
record HttpNotifications(ServiceClient client) implements Notifications {
  @Override
  public void placed(Order order) {
    try {
      client.post("/notifications", order, JsonNode.class);
    } catch (Refusal e) {
      // The order is placed all the same.
    }
  }
}
