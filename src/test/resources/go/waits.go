// Goroutines that wait in every way there is. Answers on standard output to lines on standard input: "stacks" with all
// stacks as the runtime tells them, "count" with their number; all end with a line "end".
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

type keeper struct {
	lock   sync.Mutex
	rw     sync.RWMutex
	ready  *sync.Cond
	group  sync.WaitGroup
	values chan int
}

var (
	never    chan int
	started  int32
	expected int32
)

func begin() { atomic.AddInt32(&started, 1) }

func (k *keeper) locks()       { begin(); k.lock.Lock() }
func (k *keeper) reads()       { begin(); k.rw.RLock() }
func (k *keeper) writes()      { begin(); k.rw.Lock() }
func (k *keeper) waits()       { begin(); k.group.Wait() }
func (k *keeper) receives()    { begin(); <-k.values }
func (k *keeper) conditional() { begin(); k.ready.L.Lock(); k.ready.Wait() }

func inlined(l *sync.Mutex) { l.Lock() }

func receivesNil() { begin(); <-never }
func sendsNil()    { begin(); never <- 1 }
func nothing()     { begin(); select {} }
func sleeps()      { begin(); time.Sleep(time.Hour) }

func selects(a, b chan int) {
	begin()
	select {
	case <-a:
	case b <- 1:
	}
}

func ticks() {
	begin()
	for range time.NewTicker(time.Hour).C {
	}
}

func deep(n int, from chan int) int {
	var room [40]int
	if n == 0 {
		begin()
		return <-from
	}
	room[n%40] = deep(n-1, from)
	return room[n%40] + 1
}

func generic[T any](from chan T) T {
	begin()
	return <-from
}

func reads(pipe *os.File) {
	begin()
	var b [1]byte
	pipe.Read(b[:])
}

func calls(fd int) {
	begin()
	var b [1]byte
	syscall.Read(fd, b[:])
}

func start(f func()) {
	expected++
	go f()
}

func main() {
	k := &keeper{values: make(chan int)}
	k.ready = sync.NewCond(&sync.Mutex{})
	k.lock.Lock()
	k.rw.Lock()
	k.group.Add(1)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	pipe, otherEnd, err := os.Pipe()
	check(err)
	var fds [2]int
	check(syscall.Pipe(fds[:]))
	other := make(chan int)
	full := make(chan int)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < 3; i++ {
		start(k.locks)
		start(k.reads)
		start(k.writes)
		start(k.waits)
		start(k.receives)
		start(func() { begin(); full <- 1 })
		start(k.conditional)
		start(receivesNil)
		start(sendsNil)
		start(nothing)
		start(sleeps)
		start(func() { selects(other, full) })
		start(ticks)
		start(func() { deep(30, other) })
		start(func() { generic(make(chan string)) })
		start(func() { reads(pipe) })
		start(func() { calls(fds[0]) })
		start(func() { begin(); inlined(&k.lock) })
		start(func() { begin(); listener.Accept() })
		start(func() { begin(); <-ctx.Done() })
	}
	for atomic.LoadInt32(&started) < expected {
		time.Sleep(time.Millisecond)
	}
	settle()
	answer()
	runtime.KeepAlive(otherEnd)
}

// Returns when nobody else runs or wants to.
func settle() {
	text := make([]byte, 1<<20)
	for {
		all := string(text[:runtime.Stack(text, true)])
		if strings.Count(all, "[running") == 1 && !strings.Contains(all, "[runnable") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func answer() {
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		switch lines.Text() {
		case "stacks":
			pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
		case "count":
			fmt.Println(runtime.NumGoroutine())
		case "collect":
			runtime.GC()
		case "leaks":
			if profile := pprof.Lookup("goroutineleak"); profile != nil {
				profile.WriteTo(io.Discard, 1)
			}
		}
		fmt.Println("end")
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
