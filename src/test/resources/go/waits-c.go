// Goroutines in C, and in Go that C calls.
package main

/*
#include <unistd.h>

extern void fromC(void);

static void rest(void) { for (;;) pause(); }
static void callBack(void) { fromC(); }
*/
import "C"

var fromOutside = make(chan int)

//export fromC
func fromC() { begin(); <-fromOutside }

func restsInC()   { begin(); C.rest() }
func calledFromC() { C.callBack() }

func init() {
	for i := 0; i < 3; i++ {
		start(restsInC)
		start(calledFromC)
	}
}
