package com.example.shop.orders;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Body of every answer that is no success; service and reason only where a neighbour is down. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String error, String message, String service, String reason) {
  Problem(String error, String message) {
    this(error, message, null, null);
  }
}
