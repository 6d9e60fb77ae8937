// A fleet of backends, each at a loopback address of its own. Every dawn some are retired, and as many new ones begin; the
// file tells who is there.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

type backend struct {
	listener net.Listener
	lock     sync.Mutex
	peers    []net.Conn
}

func main() {
	file := flag.String("file", "", "where to write who is there")
	size := flag.Int("size", 2, "backends at a time")
	retire := flag.Int("retire", 1, "backends replaced at dawn")
	day := flag.Duration("day", 24*time.Hour, "from dawn to dawn")
	flag.Parse()

	var fleet []*backend
	for next := 1; ; {
		for len(fleet) < *size {
			fleet = append(fleet, begin(fmt.Sprintf("127.1.3.%d:9000", next)))
			next++
		}
		tell(*file, fleet)
		time.Sleep(*day)
		retired := fleet[:*retire]
		fleet = fleet[*retire:]
		tell(*file, fleet)
		time.Sleep(2 * time.Second)
		for _, old := range retired {
			old.end()
		}
	}
}

func begin(address string) *backend {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	b := &backend{listener: listener}
	go func() {
		for {
			peer, err := listener.Accept()
			if err != nil {
				return
			}
			b.lock.Lock()
			b.peers = append(b.peers, peer)
			b.lock.Unlock()
			go echo(peer)
		}
	}()
	return b
}

func echo(peer net.Conn) {
	defer peer.Close()
	buffer := make([]byte, 1)
	for {
		if _, err := peer.Read(buffer); err != nil {
			return
		}
		peer.Write(buffer)
	}
}

func (b *backend) end() {
	b.listener.Close()
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, peer := range b.peers {
		peer.Close()
	}
}

func tell(file string, fleet []*backend) {
	var lines []string
	for _, b := range fleet {
		lines = append(lines, b.listener.Addr().String())
	}
	if err := os.WriteFile(file+".new", []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		log.Fatal(err)
	}
	os.Rename(file+".new", file)
}
