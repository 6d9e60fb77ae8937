// A back office that asks for the status of each order, with a new transport, that is a new pool, for each. leaky keeps
// every pool's one idle connection for ever; repaired uses one pool for all.
package main

import (
	"flag"
	"io"
	"log"
	"net/http"
	"strconv"
	"time"
)

func main() {
	mode := flag.String("mode", "leaky", "leaky or repaired")
	rate := flag.Float64("rate", 5, "requests a second")
	status := flag.String("status", "", "address of the status service")
	flag.Parse()

	shared := &http.Client{Transport: newTransport()}
	order := 0
	for range time.Tick(time.Duration(float64(time.Second) / *rate)) {
		client := shared
		if *mode == "leaky" {
			client = &http.Client{Transport: newTransport()}
		}
		order++
		ask(client, "http://"+*status+"/api/status/"+strconv.Itoa(order))
	}
}

// IdleConnTimeout is left at zero: idle connections are kept for as long as the server keeps them.
func newTransport() *http.Transport { return &http.Transport{} }

func ask(client *http.Client, url string) {
	response, err := client.Get(url)
	if err != nil {
		log.Print(err)
		return
	}
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
}
