// A service that keeps its price list under an RWMutex. leaky takes the read lock again while it holds it: as soon as a
// writer waits in between, both readers and the writer wait for ever, and every later request with them.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

type prices struct {
	lock sync.RWMutex
	list map[string]int
}

func (p *prices) of(item string) int {
	p.lock.RLock()
	defer p.lock.RUnlock()
	return p.list[item]
}

// total reads several prices of one moment.
func (p *prices) total(leaky bool, items ...string) int {
	if leaky {
		p.lock.RLock()
		defer p.lock.RUnlock()
	}
	sum := 0
	for _, item := range items {
		sum += p.of(item)
		time.Sleep(2 * time.Millisecond)
	}
	return sum
}

func (p *prices) update() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.list["tea"]++
}

func main() {
	mode := flag.String("mode", "leaky", "leaky or repaired")
	address := flag.String("listen", "", "address")
	after := flag.Duration("update-after", 5*time.Second, "when prices change for the first time")
	flag.Parse()

	p := &prices{list: map[string]int{"tea": 3, "milk": 1}}
	go func() {
		time.Sleep(*after)
		for {
			p.update()
			time.Sleep(time.Duration(rand.IntN(400)) * time.Millisecond)
		}
	}()
	http.HandleFunc("/total", func(out http.ResponseWriter, request *http.Request) {
		fmt.Fprintln(out, p.total(*mode == "leaky", "tea", "milk", "tea"))
	})
	log.Fatal(http.ListenAndServe(*address, nil))
}
