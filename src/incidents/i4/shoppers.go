// Shoppers: requests at a steady rate, each on a connection of its own, given up after a while.
package main

import (
	"flag"
	"io"
	"net/http"
	"time"
)

func main() {
	url := flag.String("url", "", "what to ask for")
	rate := flag.Float64("rate", 10, "requests a second")
	flag.Parse()
	client := &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for range time.Tick(time.Duration(float64(time.Second) / *rate)) {
		go func() {
			if response, err := client.Get(*url); err == nil {
				io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
		}()
	}
}
