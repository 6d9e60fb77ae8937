// A tool that asks a large fleet for its state over SSH. leaky limits the time of the connect and nothing else: where a
// host accepts and never answers, or vanishes during the session, one goroutine and one socket wait for ever. repaired has
// keepalive and a deadline.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"strings"
	"time"
)

func main() {
	mode := flag.String("mode", "leaky", "leaky or repaired")
	hosts := flag.String("hosts", "", "file with one address a line")
	rate := flag.Float64("rate", 100.0/60, "hosts asked a second")
	flag.Parse()
	text, err := os.ReadFile(*hosts)
	if err != nil {
		log.Fatal(err)
	}
	fleet := strings.Fields(string(text))
	for range time.Tick(time.Duration(float64(time.Second) / *rate)) {
		go ask(fleet[rand.IntN(len(fleet))], *mode == "repaired")
	}
}

func ask(host string, repaired bool) {
	dialer := net.Dialer{Timeout: 3 * time.Second, KeepAlive: -1}
	if repaired {
		dialer.KeepAlive = 15 * time.Second
	}
	connection, err := dialer.Dial("tcp", host)
	if err != nil {
		return
	}
	defer connection.Close()
	if repaired {
		connection.SetDeadline(time.Now().Add(5 * time.Second))
	}
	in := bufio.NewReader(connection)
	if exchangeVersions(connection, in) == nil {
		waitForReport(in)
	}
}

// exchangeVersions is the first step of SSH (RFC 4253, 4.2): each side tells its version.
func exchangeVersions(connection net.Conn, in *bufio.Reader) error {
	if _, err := fmt.Fprintf(connection, "SSH-2.0-inventory\r\n"); err != nil {
		return err
	}
	_, err := in.ReadString('\n')
	return err
}

func waitForReport(in *bufio.Reader) {
	in.ReadString('\n')
}
