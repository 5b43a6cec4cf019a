package catalog

import (
	"strings"
	"testing"
)

func TestTheEmbeddedProductsAreSound(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if c.Len() == 0 {
		t.Fatal("no products")
	}
	for _, p := range c.All() {
		if found, ok := c.Find(p.ID); !ok || found != p {
			t.Errorf("Find(%q) = %+v, %v", p.ID, found, ok)
		}
	}
}

func TestAnUnknownIDIsNotFound(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := c.Find("kraken"); ok {
		t.Errorf("found %+v", p)
	}
}

func TestNoProductsAreAnEmptyList(t *testing.T) {
	c, err := Parse([]byte(`[]`))
	if err != nil {
		t.Fatal(err)
	}
	if all := c.All(); all == nil || len(all) != 0 {
		t.Errorf("All() = %#v, want an empty list that is not nil", all)
	}
}

func TestWrongProductsAreRefused(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"not JSON":      {`{`, "unexpected EOF"},
		"unknown field": {`[{"id":"a","colour":"red"}]`, "colour"},
		"bad id":        {`[{"id":"A b","name":"n","category":"c","price":{"amount":1,"currency":"EUR"}}]`, "kebab-case"},
		"no name":       {`[{"id":"a","price":{"amount":1,"currency":"EUR"}}]`, "name is empty"},
		"no category":   {`[{"id":"a","name":"n","price":{"amount":1,"currency":"EUR"}}]`, "category is empty"},
		"free":          {`[{"id":"a","name":"n","category":"c","price":{"amount":0,"currency":"EUR"}}]`, "not positive"},
		"bad currency":  {`[{"id":"a","name":"n","category":"c","price":{"amount":1,"currency":"euro"}}]`, "ISO 4217"},
		"twice": {`[{"id":"a","name":"n","category":"c","price":{"amount":1,"currency":"EUR"}},
			{"id":"a","name":"m","category":"c","price":{"amount":2,"currency":"EUR"}}]`, "same id as product 0"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want one with %q", err, c.want)
			}
		})
	}
}
