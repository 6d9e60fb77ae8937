// Work in goroutines, told line by line on standard input; each line is answered with "end".
//
//	forget N  starts N whose results nobody takes any more
//	workers N lets a pool have N workers, which stay
//	work N    has N errands done by the pool, and waits for them
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

var (
	errands = make(chan func())
	workers int
)

//go:noinline
func fetch(result chan<- int) {
	result <- 1
}

func forget() {
	result := make(chan int)
	go fetch(result)
}

//go:noinline
func worker() {
	for errand := range errands {
		errand()
	}
}

func work(count int) {
	var done sync.WaitGroup
	done.Add(count)
	for i := 0; i < count; i++ {
		errands <- done.Done
	}
	done.Wait()
}

func main() {
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		count, _ := strconv.Atoi(words[1])
		switch words[0] {
		case "forget":
			for i := 0; i < count; i++ {
				forget()
			}
		case "workers":
			for ; workers < count; workers++ {
				go worker()
			}
		case "work":
			work(count)
		}
		fmt.Println("end")
	}
}
