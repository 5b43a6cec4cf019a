// Package outbox writes the shop's messages to its customers and keeps the last of them.
package outbox

import (
	"crypto/rand"
	"sync"
	"time"
)

// Notification is a message that was sent.
type Notification struct {
	ID      string    `json:"id"`
	OrderID string    `json:"orderId"`
	To      string    `json:"to"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	SentAt  time.Time `json:"sentAt"`
}

// Outbox keeps the last messages; safe for concurrent use.
type Outbox struct {
	mu       sync.RWMutex
	sent     []Notification
	capacity int
	now      func() time.Time
}

// New gives an empty outbox that keeps so many messages, then forgets the oldest.
func New(capacity int, now func() time.Time) *Outbox {
	return &Outbox{capacity: capacity, now: now}
}

// Placed sends the message about an order that was placed. The order must be sound.
func (o *Outbox) Placed(order Order) (Notification, error) {
	subject, text, err := write(order)
	if err != nil {
		return Notification{}, err
	}
	notification := Notification{
		ID:      rand.Text(),
		OrderID: order.ID,
		To:      order.Customer.Email,
		Subject: subject,
		Text:    text,
		SentAt:  o.now().UTC().Truncate(time.Millisecond),
	}

	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.sent) == o.capacity {
		o.sent = append(o.sent[:0], o.sent[1:]...)
	}
	o.sent = append(o.sent, notification)
	return notification, nil
}

// About gives the messages about an order, the oldest first; an empty list where there are none.
func (o *Outbox) About(orderID string) []Notification {
	o.mu.RLock()
	defer o.mu.RUnlock()
	found := []Notification{}
	for _, notification := range o.sent {
		if notification.OrderID == orderID {
			found = append(found, notification)
		}
	}
	return found
}
