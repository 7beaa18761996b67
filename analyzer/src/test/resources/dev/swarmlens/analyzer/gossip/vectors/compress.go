// Writes text.lzw: a text compressed by Go's compress/lzw as memberlist uses it, so long that its table is filled and cleared.
//
//	go run compress.go > text.lzw
package main

import (
	"compress/lzw"
	"os"
)

func main() {
	writer := lzw.NewWriter(os.Stdout, lzw.LSB, 8)
	state := uint32(1)
	text := make([]byte, 60_000)
	for i := range text {
		state = state*1664525 + 1013904223
		text[i] = "etaoin shrdlu\x00\xff"[(state>>28)%15]
	}
	// a run of one byte uses codes that are only being defined
	for i := 0; i < 3_000; i++ {
		text[i] = 'a'
	}
	if _, err := writer.Write(text); err != nil {
		panic(err)
	}
	if err := writer.Close(); err != nil {
		panic(err)
	}
}
