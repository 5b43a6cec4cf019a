package outbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func order(t *testing.T, id string) Order {
	t.Helper()
	text := fmt.Sprintf(`{"id":%q,"customer":{"name":"Ada","email":"ada@example.com"},
		"lines":[{"name":"Rope","quantity":2,"total":{"amount":8500,"currency":"EUR"}}],
		"totals":{"total":{"amount":8990,"currency":"EUR"}}}`, id)
	var o Order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAMessageTellsWhatWasOrdered(t *testing.T) {
	sent, err := New(9, func() time.Time { return noon }).Placed(order(t, "A-1"))
	if err != nil {
		t.Fatal(err)
	}
	if sent.To != "ada@example.com" || sent.Subject != "Your order A-1" || sent.SentAt != noon {
		t.Errorf("sent %+v", sent)
	}
	for _, part := range []string{"Dear Ada,", "\n2 × Rope: 85.00 EUR\n", "89.90 EUR"} {
		if !strings.Contains(sent.Text, part) {
			t.Errorf("%q is not in %q", part, sent.Text)
		}
	}
}

func TestMessagesAreFoundByTheirOrder(t *testing.T) {
	box := New(9, time.Now)
	for _, id := range []string{"A-1", "B-2", "A-1"} {
		if _, err := box.Placed(order(t, id)); err != nil {
			t.Fatal(err)
		}
	}
	if found := box.About("A-1"); len(found) != 2 || found[0].ID == found[1].ID {
		t.Errorf("found %+v", found)
	}
	if found := box.About("C-3"); found == nil || len(found) != 0 {
		t.Errorf("found %#v, want an empty list that is not nil", found)
	}
}

func TestTheOldestMessageIsForgotten(t *testing.T) {
	box := New(2, time.Now)
	for _, id := range []string{"A-1", "B-2", "C-3"} {
		if _, err := box.Placed(order(t, id)); err != nil {
			t.Fatal(err)
		}
	}
	if len(box.About("A-1")) != 0 || len(box.About("B-2")) != 1 || len(box.About("C-3")) != 1 {
		t.Errorf("kept %+v", box.sent)
	}
}

func TestAnOrderThatCannotBeToldIsRefused(t *testing.T) {
	whole := order(t, "A-1")
	nobody := whole
	nobody.Customer.Email = "ada"
	for _, o := range []Order{{}, nobody} {
		if o.Check() == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	if err := whole.Check(); err != nil {
		t.Error(err)
	}
}

func TestMoneyIsWrittenExactly(t *testing.T) {
	for amount, want := range map[int64]string{5: "0.05 EUR", 4250: "42.50 EUR", -5: "-0.05 EUR"} {
		if got := (Money{amount, "EUR"}).String(); got != want {
			t.Errorf("%d is %q, want %q", amount, got, want)
		}
	}
}
