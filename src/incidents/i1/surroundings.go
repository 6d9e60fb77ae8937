// What the ruler talks to: its controller, which closes what is idle and sometimes resets it, and the time-series store.
package main

import (
	"flag"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

func main() {
	controller := flag.String("controller", "", "address of the controller")
	store := flag.String("store", "", "address of the time-series store")
	idle := flag.Duration("idle", 60*time.Second, "the controller ends what has been idle for so long")
	resets := flag.Float64("resets", 0.1, "share of connections that the controller ends by a reset")
	flag.Parse()

	go serve(&http.Server{Addr: *store, Handler: answer(`{"status":"success"}`, 900*time.Millisecond)})
	serve(&http.Server{
		Addr:        *controller,
		Handler:     answer(`{"ok":true}`, 0),
		IdleTimeout: *idle,
		ConnState: func(connection net.Conn, state http.ConnState) {
			// Without lingering, a close is a reset: it leaves the other side with a socket that no table lists.
			if state == http.StateNew && rand.Float64() < *resets {
				connection.(*net.TCPConn).SetLinger(0)
			}
		},
	})
}

func answer(text string, after time.Duration) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		io.Copy(io.Discard, request.Body)
		time.Sleep(after)
		io.WriteString(out, text)
	})
}

func serve(server *http.Server) { log.Fatal(server.ListenAndServe()) }
