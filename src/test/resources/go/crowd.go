// As many goroutines as the first argument says wait at four places; as many as the second says make others without
// pause, which grow their stacks and end. Answers "count", and "made" with how many ended; both end with a line "end".
// "again" makes it run its program anew.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	lock    sync.Mutex
	values  = make(chan int)
	others  = make(chan int)
	started int64
	made    int64
)

func locks()    { atomic.AddInt64(&started, 1); lock.Lock() }
func receives() { atomic.AddInt64(&started, 1); <-values }
func selects(a, b chan int) {
	atomic.AddInt64(&started, 1)
	select {
	case <-a:
	case <-b:
	}
}
func sends() { atomic.AddInt64(&started, 1); others <- 1 }

func grow(n int) int {
	var room [64]int
	if n == 0 {
		return 1
	}
	room[n] = grow(n - 1)
	return room[n] + n
}

func churn() {
	var group sync.WaitGroup
	for {
		for i := 0; i < 100; i++ {
			group.Add(1)
			depth := i % 7
			go func() {
				grow(depth)
				atomic.AddInt64(&made, 1)
				group.Done()
			}()
		}
		group.Wait()
	}
}

func main() {
	parked, _ := strconv.Atoi(os.Args[1])
	churners, _ := strconv.Atoi(os.Args[2])
	lock.Lock()
	waits := []func(){locks, receives, func() { selects(values, make(chan int)) }, sends}
	for i := 0; i < parked; i++ {
		go waits[i%len(waits)]()
	}
	for atomic.LoadInt64(&started) < int64(parked) {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond)
	for i := 0; i < churners; i++ {
		go churn()
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		switch lines.Text() {
		case "count":
			fmt.Println(runtime.NumGoroutine())
		case "again":
			fmt.Println("end")
			panic(syscall.Exec("/proc/self/exe", os.Args, os.Environ()))
		case "made":
			fmt.Println(atomic.LoadInt64(&made))
		}
		fmt.Println("end")
	}
}
