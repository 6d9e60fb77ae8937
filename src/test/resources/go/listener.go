// A server that accepts connections, reads them to their end and never closes them, on 127.0.0.1. Prints its port.
// It listens as Go does by default: with MPTCP, since 1.24.
package main

import (
	"fmt"
	"io"
	"net"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	var held []net.Conn
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		held = append(held, connection)
		go io.Copy(io.Discard, connection)
	}
}
