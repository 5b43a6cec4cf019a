// Package catalog holds the products of the shop. They are part of the program, so it needs no store.
package catalog

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

//go:embed products.json
var embedded []byte

var (
	idShape       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	currencyShape = regexp.MustCompile(`^[A-Z]{3}$`)
)

// Price is an exact amount of money.
type Price struct {
	// Amount in the currency's smallest unit, such as cents.
	Amount int64 `json:"amount"`
	// Currency as its ISO 4217 code.
	Currency string `json:"currency"`
}

// Product is one thing that the shop sells.
type Product struct {
	// ID is kebab-case and unique in the catalogue.
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	// Category that it is shown under.
	Category string `json:"category"`
	Price    Price  `json:"price"`
}

// Catalog answers for a fixed list of products; safe for concurrent use.
type Catalog struct {
	products []Product
	byID     map[string]int
}

// Load reads the products that are built into the program.
func Load() (*Catalog, error) {
	return Parse(embedded)
}

// Parse reads a JSON list of products. The error names every product that is wrong.
func Parse(text []byte) (*Catalog, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var products []Product
	if err := decoder.Decode(&products); err != nil {
		return nil, fmt.Errorf("products: %w", err)
	}

	byID := make(map[string]int, len(products))
	var problems []error
	for i, p := range products {
		if err := p.check(); err != nil {
			problems = append(problems, fmt.Errorf("product %d (%q): %w", i, p.ID, err))
		}
		if first, taken := byID[p.ID]; taken {
			problems = append(problems, fmt.Errorf("product %d (%q): same id as product %d", i, p.ID, first))
			continue
		}
		byID[p.ID] = i
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return &Catalog{products: products, byID: byID}, nil
}

func (p Product) check() error {
	switch {
	case !idShape.MatchString(p.ID):
		return errors.New("id is not kebab-case")
	case p.Name == "":
		return errors.New("name is empty")
	case p.Category == "":
		return errors.New("category is empty")
	case p.Price.Amount <= 0:
		return fmt.Errorf("price %d is not positive", p.Price.Amount)
	case !currencyShape.MatchString(p.Price.Currency):
		return fmt.Errorf("currency %q is not an ISO 4217 code", p.Price.Currency)
	}
	return nil
}

// Len is the number of products.
func (c *Catalog) Len() int { return len(c.products) }

// All gives a copy of the products, in the order of the list that was parsed.
func (c *Catalog) All() []Product {
	return append([]Product{}, c.products...)
}

// Find gives the product with this id, and whether there is one.
func (c *Catalog) Find(id string) (Product, bool) {
	i, ok := c.byID[id]
	if !ok {
		return Product{}, false
	}
	return c.products[i], true
}
