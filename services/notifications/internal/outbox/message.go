package outbox

import (
	"embed"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"text/template"
)

//go:embed placed.txt
var files embed.FS

var placed = template.Must(template.New("placed.txt").
	Funcs(template.FuncMap{"money": Money.String}).
	ParseFS(files, "placed.txt"))

// Money is an exact amount, in the currency's smallest unit.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// String gives the amount as in a letter: 42.50 EUR. The shop's currencies have hundredths.
func (m Money) String() string {
	sign, amount := "", m.Amount
	if amount < 0 {
		sign, amount = "-", -amount
	}
	return fmt.Sprintf("%s%d.%02d %s", sign, amount/100, amount%100, m.Currency)
}

// Order is what a message needs to know of an order.
type Order struct {
	ID       string `json:"id"`
	Customer struct {
		Name  string `json:"name"`
		Email string `json:"email"`
	} `json:"customer"`
	Lines []struct {
		Name     string `json:"name"`
		Quantity int    `json:"quantity"`
		Total    Money  `json:"total"`
	} `json:"lines"`
	Totals struct {
		Total Money `json:"total"`
	} `json:"totals"`
}

// Check says why no message can be written about this order.
func (o Order) Check() error {
	if o.ID == "" || len(o.Lines) == 0 {
		return errors.New("the order has no id or no lines")
	}
	if _, err := mail.ParseAddress(o.Customer.Email); err != nil {
		return fmt.Errorf("%q is no e-mail address", o.Customer.Email)
	}
	return nil
}

// write gives subject and text of the message about an order that was placed.
func write(o Order) (subject, text string, err error) {
	var b strings.Builder
	if err := placed.Execute(&b, o); err != nil {
		return "", "", err
	}
	return fmt.Sprintf("Your order %s", o.ID), strings.TrimSpace(b.String()), nil
}
