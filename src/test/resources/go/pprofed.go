// Goroutines stuck on one mutex, each below a recursion, with pprof and metrics over HTTP.
package main

import (
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
	"strconv"
	"sync"
)

var stuck sync.Mutex

//go:noinline
func wait(depth int) {
	if depth > 0 {
		wait(depth - 1)
		return
	}
	stuck.Lock()
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	depth, _ := strconv.Atoi(os.Args[2])
	stuck.Lock()
	for i := 0; i < count; i++ {
		go wait(depth)
	}
	http.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
