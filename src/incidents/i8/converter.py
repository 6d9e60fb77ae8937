"""Converts pictures with a child process each. leaky keeps what it knows of finished jobs, and with it both pipes of each
child; repaired closes them.

Usage: converter.py leaky|repaired JOBS_A_SECOND
"""
import subprocess
import sys
import time


def convert():
    job = subprocess.Popen(['sh', '-c', 'echo converted'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    job.wait()
    return job


def main(mode, rate):
    finished = []
    while True:
        job = convert()
        if mode == 'repaired':
            job.stdout.close()
            job.stderr.close()
        finished.append(job)
        time.sleep(1 / rate)


main(sys.argv[1], float(sys.argv[2]))
