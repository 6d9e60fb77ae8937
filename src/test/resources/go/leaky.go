// Goroutines that wait for a channel nobody else has, and as many for one that main keeps, with pprof over HTTP.
package main

import (
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"strconv"
)

var kept = make(chan int)

//go:noinline
func forget(lost chan int) {
	lost <- 1
}

//go:noinline
func listen() {
	<-kept
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	for i := 0; i < count; i++ {
		go forget(make(chan int))
		go listen()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
