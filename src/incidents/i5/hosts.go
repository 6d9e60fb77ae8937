// Hosts with an SSH server. Each answers the version and, after a moment, with a report; those at addresses of -mute
// accept and never answer.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"strings"
	"time"
)

func main() {
	answering := flag.String("answering", "", "addresses of hosts that answer, by comma")
	mute := flag.String("mute", "", "addresses of hosts that never answer, by comma")
	session := flag.Duration("session", 2*time.Second, "how long a report takes")
	flag.Parse()
	for _, address := range split(*answering) {
		go serve(address, func(peer net.Conn) { answer(peer, *session) })
	}
	for _, address := range split(*mute) {
		go serve(address, func(peer net.Conn) {})
	}
	select {}
}

func split(addresses string) []string {
	return strings.FieldsFunc(addresses, func(c rune) bool { return c == ',' })
}

func serve(address string, each func(net.Conn)) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	var held []net.Conn
	for {
		if peer, err := listener.Accept(); err == nil {
			held = append(held, peer)
			go each(peer)
		}
	}
}

func answer(peer net.Conn, session time.Duration) {
	defer peer.Close()
	fmt.Fprintf(peer, "SSH-2.0-host\r\n")
	if _, err := bufio.NewReader(peer).ReadString('\n'); err != nil {
		return
	}
	time.Sleep(session)
	fmt.Fprintf(peer, "load 0.7\n")
}
