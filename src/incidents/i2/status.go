// The status service on the same host: answers, and keeps each connection for as long as its client does.
package main

import (
	"flag"
	"io"
	"log"
	"net/http"
)

func main() {
	address := flag.String("listen", "", "address")
	flag.Parse()
	http.HandleFunc("/api/status/", func(out http.ResponseWriter, request *http.Request) {
		io.WriteString(out, `{"state":"shipped"}`)
	})
	log.Fatal(http.ListenAndServe(*address, nil))
}
