// A rule evaluator. It asks a time-series store all the time, listens to its cluster, and tells its controller at every
// beat that it is alive. leaky throws the controller's answer away without closing its body; repaired reads and closes it.
package main

import (
	"bytes"
	"flag"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

func main() {
	mode := flag.String("mode", "leaky", "leaky or repaired")
	beat := flag.Duration("beat", 30*time.Second, "time between two heartbeats")
	controller := flag.String("controller", "", "address of the controller")
	store := flag.String("store", "", "address of the time-series store")
	gossip := flag.String("gossip", "", "address to listen on for the cluster, TCP and UDP")
	queries := flag.Int("queries", 50, "queries under way at once")
	flag.Parse()

	listen(*gossip)
	evaluator := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: *queries}}
	for range *queries {
		go evaluate(evaluator, "http://"+*store+"/api/v1/query")
	}
	for range time.Tick(*beat) {
		response, err := http.Post("http://"+*controller+"/heartbeat", "application/json",
			bytes.NewBufferString(`{"id":"ruler-0","state":"running"}`))
		if err != nil {
			log.Print(err)
			continue
		}
		if *mode == "repaired" {
			io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
	}
}

func listen(address string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := net.ListenPacket("udp", address); err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			if peer, err := listener.Accept(); err == nil {
				peer.Close()
			}
		}
	}()
}

// evaluate keeps one query under way, with pauses, and now and then drops what is idle: connections come and go.
func evaluate(client *http.Client, url string) {
	for {
		if response, err := client.Get(url); err == nil {
			io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
		time.Sleep(time.Duration(rand.IntN(400)) * time.Millisecond)
		if rand.IntN(200) == 0 {
			client.CloseIdleConnections()
		}
	}
}
